package io.rowstream.odata.error;

import io.rowstream.language.entity.OptionSet;
import io.rowstream.language.refusal.Refusal.OfOptionSet;
import io.rowstream.odata.ErrorCode;
import io.rowstream.odata.Quoted;

/// What is answered when a global option set cannot be made, changed, shared or removed.
final class OptionSetErrors {
  private OptionSetErrors() {}

  static ODataError of(OfOptionSet refusal) {
    return switch (refusal) {
      case OfOptionSet.Exists(String name) ->
          ODataError.of(
              412,
              ErrorCode.DUPLICATE_RECORD,
              "There is a global option set " + Quoted.of(name) + " already.");
      case OfOptionSet.NotThere(String name) ->
          ODataError.of(
              404,
              ErrorCode.OBJECT_DOES_NOT_EXIST,
              "There is no global option set " + Quoted.of(name) + ".");
      case OfOptionSet.InUse(String name, String entityType, String attribute) ->
          ODataError.of(
              400,
              ErrorCode.CANNOT_DELETE_IN_USE,
              "The OptionSet("
                  + OptionSet.stream(name).id()
                  + ") component cannot be deleted because it is referenced by the attribute "
                  + Quoted.of(attribute)
                  + " of entity type "
                  + Quoted.of(entityType)
                  + ".");
      case OfOptionSet.Invalid(String name, String reason) ->
          ODataError.of(
              400,
              ErrorCode.BAD_PAYLOAD,
              "The global option set "
                  + Quoted.of(name)
                  + " cannot become so: "
                  + Quoted.shown(reason, ODataErrors.REASON_LENGTH_MAX)
                  + ".");
    };
  }
}
