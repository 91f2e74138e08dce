package io.rowstream.benchmarks.feed;

/// Takes the frames of an event stream. The bytes are valid during the call only.
@FunctionalInterface
interface FrameSink {
  /// Called once per frame, in order.
  ///
  /// @param event the event's name, `message` when the frame names none
  void frame(String event, FrameData data);
}
