package io.rowstream.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WorkingSetTest {
  private final WorkingSet records = new WorkingSet(10);

  @Test
  void shares_cover_all_records_and_do_not_overlap() {
    int next = 0;

    for (int sender = 0; sender < 3; sender++) {
      WorkingSet.Share share = records.share(sender, 3);
      assertThat(share.from()).isEqualTo(next);
      assertThat(share.next()).isBetween(share.from(), share.to() - 1);
      next = share.to();
    }

    assertThat(next).isEqualTo(10);
  }

  @Test
  void more_senders_than_records_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> records.share(0, 11));
  }

  @Test
  void ids_are_the_same_in_every_run_and_well_formed() {
    assertThat(records.id(3)).isEqualTo(new WorkingSet(5).id(3));
    assertThat(records.id(3).version()).isEqualTo(4);
    assertThat(records.id(3).variant()).isEqualTo(2);
  }
}
