package io.rowstream.query.push;

/// One SSE event as it goes over the wire, made once for all watchers with one filter.
///
/// @param position where a reader stands that has got it
/// @param bytes never changed after
@SuppressWarnings("ArrayRecordComponent")
record Frame(long position, byte[] bytes) {}
