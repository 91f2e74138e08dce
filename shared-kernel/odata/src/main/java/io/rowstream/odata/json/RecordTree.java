package io.rowstream.odata.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record and the related ones that are shown within it.
///
/// @param related by the name of the navigation property
public record RecordTree(RecordImage image, Map<String, Related> related) {
  public RecordTree {
    related = Map.copyOf(related);
  }

  /// A record by itself.
  public static RecordTree of(RecordImage image) {
    return new RecordTree(image, Map.of());
  }

  /// What a navigation property leads to.
  public sealed interface Related {

    /// @param record null if there is none
    record One(@Nullable RecordTree record) implements Related {}

    /// @param nextLink where the others are; null when these are all
    record Many(List<RecordTree> records, @Nullable String nextLink) implements Related {
      public Many {
        records = List.copyOf(records);
      }
    }
  }
}
