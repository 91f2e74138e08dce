package io.rowstream.command.app;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Bounds of `$batch`.
///
/// @param bodyBytesMax size of the body
/// @param answerBytesMax size of the answer; beyond it nothing more of the batch is carried out
/// @param batchesMax batches being carried out at the same time; beyond it one is refused at once
@ConfigurationProperties("rowstream.batch")
public record BatchSettings(
    @DefaultValue("8388608") int bodyBytesMax,
    @DefaultValue("16777216") int answerBytesMax,
    @DefaultValue("32") int batchesMax) {}
