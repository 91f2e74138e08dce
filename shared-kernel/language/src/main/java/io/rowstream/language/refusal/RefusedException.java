package io.rowstream.language.refusal;

import io.rowstream.language.RecordRef;
import java.util.Map;

/// Carries a refusal to whoever sent the command. Expected, therefore without a stack trace.
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final transient Map<RecordRef, Long> decidedOn;

  public RefusedException(Refusal refusal) {
    this(refusal, Map.of());
  }

  /// @param decidedOn the version, -1 for none, each record was at whose state led to the refusal
  public RefusedException(Refusal refusal, Map<RecordRef, Long> decidedOn) {
    super(refusal.getClass().getSimpleName(), null, false, false);
    this.refusal = refusal;
    this.decidedOn = Map.copyOf(decidedOn);
  }

  public Refusal refusal() {
    return refusal;
  }

  public Map<RecordRef, Long> decidedOn() {
    return decidedOn;
  }
}
