package io.rowstream.query.projections.current;

import java.time.Instant;

/// How the projection is doing.
///
/// @param alive whether its thread runs
/// @param position it is known to have reached
/// @param behind events the feed has read and the projection has not applied
/// @param lastSuccess when it last found its work done or did some
public record ProjectionHealth(boolean alive, long position, long behind, Instant lastSuccess) {}
