package io.rowstream.benchmarks.append;

import io.rowstream.benchmarks.append.axon.AxonJdbc;
import io.rowstream.benchmarks.append.rowstream.CommandPath;
import io.rowstream.benchmarks.append.rowstream.EventStoreAlone;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All candidates by the name `--candidates` knows them by, in the order they take turns.
final class Candidates {
  /// The one all others are compared with.
  static final String RIVAL = "axon-jdbc";

  private Candidates() {}

  static Map<String, Candidate.Opening> all() {
    var candidates = new LinkedHashMap<String, Candidate.Opening>();
    candidates.put("event-store", EventStoreAlone::new);
    candidates.put("command-path", CommandPath::new);
    candidates.put(RIVAL, AxonJdbc::new);
    return candidates;
  }

  static Map<String, Candidate.Opening> named(List<String> names) {
    var chosen = new LinkedHashMap<String, Candidate.Opening>();
    for (String name : names) {
      Candidate.Opening opening = all().get(name);
      if (opening == null) {
        throw new IllegalArgumentException(
            "unknown candidate " + name + ", known are " + all().keySet());
      }
      chosen.put(name, opening);
    }
    return chosen;
  }
}
