package io.rowstream.language.command;

import io.rowstream.language.RecordRef;
import io.rowstream.language.RowVersion;
import io.rowstream.language.Value;
import java.util.Map;

/// An order to change one record. Values are already of the attributes' types.
public sealed interface RecordCommand extends Command {
  RecordRef record();

  /// Refused if the record exists; a deleted record's stream is continued.
  record CreateRecord(RecordRef record, Map<String, Value> values) implements RecordCommand {
    public CreateRecord {
      values = Map.copyOf(values);
    }
  }

  /// Sets the given attributes; [Value.Empty] clears one, a missing one is left alone.
  record UpdateRecord(RecordRef record, Map<String, Value> values, Expectation expected)
      implements RecordCommand {
    public UpdateRecord {
      values = Map.copyOf(values);
    }
  }

  /// Updates the record if it is there, creates it otherwise.
  record UpsertRecord(RecordRef record, Map<String, Value> values, Expectation expected)
      implements RecordCommand {
    public UpsertRecord {
      values = Map.copyOf(values);
    }
  }

  /// Clears a lookup if it refers to `target`; otherwise changes nothing.
  record RemoveReference(RecordRef record, String lookup, RecordRef target, Expectation expected)
      implements RecordCommand {}

  record DeleteRecord(RecordRef record, Expectation expected) implements RecordCommand {}

  /// Makes the record, deleted or not, what it was at version `as`.
  record RestoreRecord(RecordRef record, RowVersion as, Expectation expected)
      implements RecordCommand {}

  /// Means the record that has an alternate key, whatever its id is.
  ///
  /// @param key the name of the alternate key
  /// @param values of the key's attributes, none empty; a record created by this command has them
  /// @param command what is to be done; its record's id is the one a new record gets when none has
  ///   the key, and means nothing otherwise
  record ByAlternateKey(String key, Map<String, Value> values, RecordCommand command)
      implements RecordCommand {
    public ByAlternateKey {
      values = Map.copyOf(values);
      if (command instanceof ByAlternateKey) {
        throw new IllegalArgumentException("a record has one key in a command");
      }
    }

    @Override
    public RecordRef record() {
      return command.record();
    }
  }
}
