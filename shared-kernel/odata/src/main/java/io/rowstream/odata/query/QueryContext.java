package io.rowstream.odata.query;

import io.rowstream.odata.column.EntityModel;
import java.time.Instant;
import java.util.UUID;

/// What a query is understood against: the names there are, and whom and when its functions mean.
///
/// @param caller whom `EqualUserId` means
/// @param now what `Today` and its like count from
public record QueryContext(EntityModel model, UUID caller, Instant now) {}
