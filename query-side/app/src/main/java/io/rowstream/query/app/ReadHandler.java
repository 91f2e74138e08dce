package io.rowstream.query.app;

import io.netty.channel.Channel;
import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.url.FunctionCall;
import io.rowstream.odata.url.Key;
import io.rowstream.odata.url.ResourcePath;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/// Answers every read. A record as it is needs no thread of its own while it waits for its turn;
/// everything else runs on a virtual thread, a bounded number at the same time.
final class ReadHandler implements WebHandler, AutoCloseable {
  private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String WHO_AM_I = "WhoAmI";

  private final ServiceDocuments documents;
  private final MetadataDocuments metadata;
  private final SingleRecords singles;
  private final RecordLists lists;
  private final TrackedRecords tracked;
  private final RelatedRecords related;
  private final RecordCounts counts;
  private final Histories histories;
  private final AuditAnswers audits;
  private final Callers callers;
  private final Failures failures;
  private final AnswerWriter writer;
  private final Semaphore answering;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  // Not as an executor service: a client that leaves would interrupt its thread, and an interrupted
  // thread loses its database connection.
  private final Scheduler virtualThreads = Schedulers.fromExecutor(task -> threads.execute(task));

  /// @param answersMax answers in the making or on their way out, but for single records
  ReadHandler(
      ServiceDocuments documents,
      MetadataDocuments metadata,
      SingleRecords singles,
      RecordLists lists,
      TrackedRecords tracked,
      RelatedRecords related,
      RecordCounts counts,
      Histories histories,
      AuditAnswers audits,
      Callers callers,
      Failures failures,
      AnswerWriter writer,
      int answersMax) {
    this.documents = documents;
    this.metadata = metadata;
    this.singles = singles;
    this.lists = lists;
    this.tracked = tracked;
    this.related = related;
    this.counts = counts;
    this.histories = histories;
    this.audits = audits;
    this.callers = callers;
    this.failures = failures;
    this.writer = writer;
    this.answering = new Semaphore(answersMax);
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange) {
    try {
      if (!READS.contains(exchange.getRequest().getMethod())) {
        return writer.write(Answer.notAllowed(), exchange);
      }
      var request = ReadRequest.read(exchange.getRequest());
      return request.path() instanceof ResourcePath.SingleRecord single
              && single.key() instanceof Key.Id
              && !single.set().equals(Audits.SET)
              && request.options().asOf() == null
              && request.options().expand().isEmpty()
              && request.caller() == null
              && !TargetNames.wanted(request)
          ? current(request, single, exchange)
          : bounded(request, exchange);
    } catch (RuntimeException failure) {
      return write(Mono.error(failure), exchange);
    }
  }

  private Mono<Void> current(
      ReadRequest request, ResourcePath.SingleRecord path, ServerWebExchange exchange) {
    var answer = singles.current(request, singles.target(path), eventLoop(exchange));
    return write(Mono.fromFuture(answer), exchange);
  }

  /// Where the answer is written in the end; on another server than Netty, wherever it is ready.
  private static Executor eventLoop(ServerWebExchange exchange) {
    var loop = new AtomicReference<Executor>(Runnable::run);
    Object server = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
    if (server instanceof HttpServerResponse response) {
      response.withConnection(connection -> {
        Channel channel = connection.channel();
        loop.set(channel.eventLoop());
      });
    }
    return loop.get();
  }

  private Mono<Void> bounded(ReadRequest request, ServerWebExchange exchange) {
    if (!answering.tryAcquire()) {
      throw new RefusedException(new Refusal.TooBusy("too many answers are being made"));
    }
    return write(Mono.fromCallable(() -> answer(request)).subscribeOn(virtualThreads), exchange)
        .doFinally(_ -> answering.release());
  }

  private Mono<Void> write(Mono<Answer> answer, ServerWebExchange exchange) {
    return answer
        .onErrorResume(failure ->
            Mono.fromCallable(() -> failures.answer(failure)).subscribeOn(virtualThreads))
        .flatMap(ready -> writer.write(ready, exchange));
  }

  private Answer answer(ReadRequest request) {
    var caller = callers.caller(request.caller());
    return switch (request.path()) {
      case ResourcePath.ServiceDocument _ -> documents.sets(request);
      case ResourcePath.RecordSet(String set) ->
          set.equals(WHO_AM_I) ? documents.whoAmI(request, caller) : list(request, set);
      case ResourcePath.RecordCount(String set) ->
          request.options().deltaToken() == null
              ? counts.count(request, set)
              : tracked.count(request, set);
      case ResourcePath.SingleRecord single ->
          single.set().equals(Audits.SET)
              ? audits.audits().one(request, single.key())
              : related.record(request, singles.target(single));
      case ResourcePath.RecordHistory ofRecord ->
          histories.history(request, singles.target(ofRecord));
      case ResourcePath.Member member ->
          related.member(request, singles.target(member), member.name());
      case ResourcePath.MemberValue member ->
          singles.propertyText(request, singles.target(member), member.name());
      case ResourcePath.Metadata _ -> metadata.document(request);
      case ResourcePath.Definitions definitions -> metadata.definitions(request, definitions);
      case FunctionCall call ->
          call.name().endsWith("ChangeHistory")
              ? audits.histories().answer(request, call)
              : counts.total(request, call);
      case ResourcePath.BoundFunction call -> audits.audits().details(request, call);
      case ResourcePath.RecordDifference of ->
          audits.differences().difference(request, singles.target(of));
      case ResourcePath.RecordRestore _ -> Answer.notAllowed();
      case ResourcePath.Batch _ -> Answer.notAllowed();
      case ResourcePath.MemberCount member ->
          related.count(request, singles.target(member), member.name());
      case ResourcePath.MemberReference _,
          ResourcePath.MemberItem _,
          ResourcePath.MemberItemReference _ ->
          throw new NotSupportedException("Navigation properties");
    };
  }

  private Answer list(ReadRequest request, String set) {
    if (set.equals(Audits.SET)) {
      return audits.audits().list(request);
    }
    return TrackedRecords.areMeant(request) ? tracked.list(request, set) : lists.list(request, set);
  }

  @Override
  public void close() {
    virtualThreads.dispose();
    threads.close();
  }
}
