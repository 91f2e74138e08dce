package io.rowstream.odata.batch;

import io.rowstream.odata.BadRequest;
import io.rowstream.odata.Quoted;
import io.rowstream.odata.batch.Batch.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one batch.
final class BatchParser {
  private int requests;

  static BadRequest tooManyRequests() {
    return BadRequest.query("A batch holds at most " + Batch.REQUESTS_MAX + " requests.");
  }

  Batch parse(@Nullable String contentType, Slice body) {
    var type = MultipartType.parse(contentType == null ? "" : contentType, "");
    if (!type.isMixed()) {
      throw Malformed.at("", "its Content-Type is not multipart/mixed");
    }
    var steps = new ArrayList<Step>();
    for (Slice part : Multipart.parts(body, type.requireBoundary(""), "")) {
      steps.add(step(part, "part " + (steps.size() + 1)));
    }
    if (steps.isEmpty()) {
      throw Malformed.at("", "it holds no request");
    }
    return new Batch(steps);
  }

  private Step step(Slice part, String where) {
    Head head = Head.read(part, where);
    var type = type(head, where);
    return type.isMixed()
        ? changeSet(head.rest(), type.requireBoundary(where), where)
        : new Step.Single(request(head, type, false, where));
  }

  private Step changeSet(Slice content, String boundary, String where) {
    var members = new ArrayList<PartRequest>();
    Set<String> contentIds = new HashSet<>();
    for (Slice part : Multipart.parts(content, boundary, where)) {
      String member = where + ", request " + (members.size() + 1);
      Head head = Head.read(part, member);
      PartRequest request = request(head, type(head, member), true, member);
      if (request.contentId() != null && !contentIds.add(request.contentId())) {
        throw Malformed.at(
            member, "Content-ID " + Quoted.of(request.contentId()) + " is given twice");
      }
      members.add(request);
    }
    if (members.isEmpty()) {
      throw Malformed.at(where, "the change set holds no request");
    }
    return new Step.ChangeSet(members);
  }

  private static MultipartType type(Head head, String where) {
    String contentType = head.first("Content-Type");
    if (contentType == null) {
      throw Malformed.at(where, "it has no Content-Type");
    }
    return MultipartType.parse(contentType, where);
  }

  private PartRequest request(Head part, MultipartType type, boolean inChangeSet, String where) {
    if (!type.type().equals("application/http")) {
      throw Malformed.at(
          where,
          "the Content-Type of a request is application/http, not " + Quoted.of(type.type()));
    }
    if (++requests > Batch.REQUESTS_MAX) {
      throw tooManyRequests();
    }
    return RequestReader.read(part, inChangeSet, where);
  }
}
