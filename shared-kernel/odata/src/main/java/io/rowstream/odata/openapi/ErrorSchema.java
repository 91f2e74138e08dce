package io.rowstream.odata.openapi;

import java.util.Map;

/// What every refusal looks like, with what we add to Dataverse's.
final class ErrorSchema {

  private ErrorSchema() {}

  static Schema get() {
    return Schema.object(
        "Why nothing was done.",
        Map.of(
            "error",
            Schema.object(
                "The refusal.",
                Map.of(
                    "code", Schema.text("A number of Dataverse's, such as 0x80060882."),
                    "message", Schema.text("For people."),
                    "@rowstream.conflict", conflict(),
                    "@rowstream.deleted", deleted(),
                    "@rowstream.holder", Schema.text("The record that has the alternate key."),
                    "@rowstream.referrer",
                        Schema.text("A record that refers to the one to be deleted."),
                    "@rowstream.member",
                        Schema.whole(
                            "The refused member of a change set, from 0; rows inside a body"
                                + " count as they come.")))));
  }

  private static Schema conflict() {
    return Schema.object(
        "With 412: what a merge screen needs.",
        Map.of(
            "recordId", Schema.text("Of the record."),
            "expectedVersion", Schema.any("The version the sender knew; null if it was none."),
            "currentVersion", Schema.whole("The version the record is at."),
            "mergeable", Schema.yesNo("Whether Prefer: rowstream.merge would apply the change."),
            "attributes",
                Schema.list(
                    "Every attribute that changed after the expected version.", attribute())));
  }

  private static Schema attribute() {
    return Schema.object(
        "One attribute.",
        Map.of(
            "name", Schema.text("Of its column."),
            "base", Schema.any("The value at the expected version."),
            "theirs", Schema.any("The value now."),
            "mine", Schema.any("The value that was sent, if one was."),
            "rowVersion", Schema.whole("Of the last change to it."),
            "modifiedBy", person(),
            "modifiedOn", Schema.text("When, in UTC."),
            "clash", Schema.yesNo("Whether the sender sets it to another value.")));
  }

  private static Schema deleted() {
    return Schema.object(
        "With 404: who ended the record, and when.",
        Map.of(
            "recordId", Schema.text("Of the record."),
            "rowVersion", Schema.whole("Of its end."),
            "deletedBy", person(),
            "deletedOn", Schema.text("When, in UTC.")));
  }

  private static Schema person() {
    return Schema.object(
        "A user.",
        Map.of("id", Schema.text("Of the systemuser."), "fullname", Schema.any("The name.")));
  }
}
