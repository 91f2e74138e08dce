package io.rowstream.command.domain;

/// Gives numbers to auto-number attributes, each to one record for ever.
public interface RunningNumbers {

  /// Takes numbers that follow each other. They are used up, whether or not records come to hold
  /// them.
  ///
  /// @return the first of them
  long take(String entityType, String attribute, int count);
}
