package io.rowstream.odata.batch;

import io.rowstream.odata.BadRequest;

/// Says what is wrong with a batch, and where.
final class Malformed {

  private Malformed() {}

  /// @param where such as `part 2, request 1`; empty for the batch as a whole
  static BadRequest at(String where, String what) {
    return BadRequest.query(
        "The batch is malformed" + (where.isEmpty() ? "" : " in " + where) + ": " + what + ".");
  }
}
