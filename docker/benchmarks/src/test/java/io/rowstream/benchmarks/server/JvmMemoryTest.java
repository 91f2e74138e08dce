package io.rowstream.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmMemoryTest {
  @Test
  void used_heap_is_that_of_the_heap_and_not_of_the_metaspace() {
    String heapInfo =
        """
        4711:
         garbage-first heap   total reserved 2097152K, committed 385024K, used 9216K [0x80000000, 0x100000000)
          region size 1024K, 2 young (2048K), 0 survivors (0K)
         Metaspace       used 4100K, committed 4352K, reserved 1114112K
        """;

    assertThat(JvmMemory.usedHeap(heapInfo)).contains(9216L * 1024);
  }

  @Test
  void resident_memory_is_that_of_now_and_not_the_peak() {
    assertThat(JvmMemory.resident("VmHWM:\t  900000 kB\nVmRSS:\t  123456 kB\n"))
        .contains(123456L * 1024);
  }
}
