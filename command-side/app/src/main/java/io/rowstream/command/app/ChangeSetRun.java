package io.rowstream.command.app;

import io.rowstream.language.command.ChangeSet;
import io.rowstream.language.command.CommandResult;
import io.rowstream.language.command.CommandResult.RecordResult;
import io.rowstream.language.command.RecordCommand;
import io.rowstream.language.refusal.Refusal.MemberRefused;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.BadRequest;
import io.rowstream.odata.batch.Header;
import io.rowstream.odata.batch.PartRequest;
import io.rowstream.odata.batch.PartResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One change set on its way to being one command. Not thread-safe.
final class ChangeSetRun {
  private static final int NONE = -1;

  private final RecordWrites writes;
  private final BatchParts parts;
  private final List<PartRequest> members;
  private final ContentReferences references;
  private final List<WriteRequest> requests = new ArrayList<>();

  // Of each request the number of its first command: a body may have rows inside its row.
  private final List<Integer> firsts = new ArrayList<>();
  private int reading = NONE;

  /// @param references what earlier steps have written; its members are added if all goes well
  ChangeSetRun(
      RecordWrites writes,
      BatchParts parts,
      List<PartRequest> members,
      ContentReferences references) {
    this.writes = writes;
    this.parts = parts;
    this.members = members;
    this.references = references;
  }

  /// @param key the id of the command, unless a member names one; null for none
  CommandResult carryOut(@Nullable String key) {
    List<Header> shared = key(key);
    var known = references.copy();
    var commands = new ArrayList<RecordCommand>();
    for (reading = 0; reading < members.size(); reading++) {
      List<RecordCommand> rows = commands(members.get(reading), shared, known);
      firsts.add(commands.size());
      commands.addAll(rows);
      known.declare(members.get(reading).contentId(), rows.getFirst().record());
    }
    reading = NONE;
    if (commands.size() > ChangeSet.MEMBERS_MAX) {
      throw BadRequest.payload(
          "A change set has at most " + ChangeSet.MEMBERS_MAX + " rows, those in bodies included.");
    }
    requireOne("MSCRMCallerID", requests.stream().map(WriteRequest::caller));
    requireOne("Rowstream-Client-Id", requests.stream().map(WriteRequest::clientId));
    CommandResult result = writes.send(new ChangeSet(commands), requests.getFirst());
    for (int i = 0; i < members.size(); i++) {
      references.declare(members.get(i).contentId(), written(result, i).record());
    }
    return result;
  }

  private RecordResult written(CommandResult result, int request) {
    return result.records().get(firsts.get(request));
  }

  private List<RecordCommand> commands(
      PartRequest part, List<Header> shared, ContentReferences known) {
    try {
      var http = parts.request(part, known, shared);
      var request = WriteRequest.read(http, http.body());
      requests.add(request);
      return writes.commands().of(request, newId(request));
    } catch (RefusedException e) {
      throw new RefusedException(new MemberRefused(reading, e.refusal()), e.decidedOn());
    }
  }

  private Supplier<UUID> newId(WriteRequest request) {
    return writes.ids().of(request.idempotencyKey(), reading);
  }

  private List<Header> key(@Nullable String otherwise) {
    List<String> own =
        members.stream()
            .map(member -> member.header(WriteRequest.IDEMPOTENCY_KEY))
            .filter(Objects::nonNull)
            .toList();
    requireOne(WriteRequest.IDEMPOTENCY_KEY, own.stream());
    String key = own.isEmpty() ? otherwise : own.getFirst();
    return key == null ? List.of() : List.of(new Header(WriteRequest.IDEMPOTENCY_KEY, key));
  }

  private static void requireOne(String header, Stream<? extends @Nullable String> values) {
    if (values.distinct().count() > 1) {
      throw BadRequest.query(
          "The requests of a change set are one command and have one " + header + ".");
    }
  }

  /// @param bodyBytesMax once bodies are larger together, members are answered without one
  List<PartResponse> answers(CommandResult result, int bodyBytesMax) {
    var answers = new ArrayList<PartResponse>();
    long left = bodyBytesMax;
    for (int i = 0; i < members.size(); i++) {
      WriteRequest request = requests.get(i);
      boolean representation = left > 0 && request.preferences().returnRepresentation();
      Answer answer = writes.answers().of(request, written(result, i), result, representation);
      left -= answer.body().length;
      answers.add(BatchParts.response(answer, members.get(i).contentId()));
    }
    return answers;
  }

  private int request(int command) {
    int request = NONE;
    while (request + 1 < firsts.size() && firsts.get(request + 1) <= command) {
      request++;
    }
    return request == NONE ? command : request;
  }

  /// The content id of the member that made everything fail; null if it has none, or none did.
  @Nullable String failed(RuntimeException failure) {
    int member =
        failure instanceof RefusedException refused
                && refused.refusal() instanceof MemberRefused(int refusedMember, _)
            ? request(refusedMember)
            : reading;
    return member == NONE ? null : members.get(member).contentId();
  }
}
