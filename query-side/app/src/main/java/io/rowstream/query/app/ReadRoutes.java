package io.rowstream.query.app;

import io.rowstream.language.refusal.Refusal;
import io.rowstream.language.refusal.RefusedException;
import io.rowstream.odata.url.ResourcePath;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Routes every read under `/api/data/`. A record as it is needs no thread of its own while it waits
/// for its turn; everything else runs on a virtual thread, a bounded number at the same time.
final class ReadRoutes implements RouterFunction<ServerResponse>, AutoCloseable {
  private static final Set<HttpMethod> WRITES =
      Set.of(HttpMethod.POST, HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE);
  private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String WHO_AM_I = "WhoAmI";

  private final ServiceDocuments documents;
  private final SingleRecords singles;
  private final RecordLists lists;
  private final Histories histories;
  private final Callers callers;
  private final Failures failures;
  private final Semaphore answering;
  private final Duration writeTimeout;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Scheduler virtualThreads = Schedulers.fromExecutorService(threads);

  /// @param answersMax answers in the making or on their way out, but for single records
  /// @param writeTimeout for a client to take an answer
  ReadRoutes(
      ServiceDocuments documents,
      SingleRecords singles,
      RecordLists lists,
      Histories histories,
      Callers callers,
      Failures failures,
      int answersMax,
      Duration writeTimeout) {
    this.documents = documents;
    this.singles = singles;
    this.lists = lists;
    this.histories = histories;
    this.callers = callers;
    this.failures = failures;
    this.answering = new Semaphore(answersMax);
    this.writeTimeout = writeTimeout;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    String path = request.exchange().getRequest().getURI().getRawPath();
    return path.startsWith("/api/data/") && !WRITES.contains(request.method())
        ? Mono.just(this::handle)
        : Mono.empty();
  }

  private Mono<ServerResponse> handle(ServerRequest http) {
    try {
      if (!READS.contains(http.method())) {
        return Mono.just(new AnswerResponse(Answer.notAllowed(), writeTimeout, () -> {}));
      }
      var request = ReadRequest.read(http.exchange().getRequest());
      return request.path() instanceof ResourcePath.SingleRecord single
              && request.options().asOf() == null
              && request.caller() == null
          ? response(Mono.fromFuture(singles.current(request, singles.target(single))), () -> {})
          : bounded(request);
    } catch (RuntimeException failure) {
      return response(Mono.error(failure), () -> {});
    }
  }

  private Mono<ServerResponse> bounded(ReadRequest request) {
    if (!answering.tryAcquire()) {
      throw new RefusedException(new Refusal.TooBusy("too many answers are being made"));
    }
    var released = new AtomicBoolean();
    Runnable release =
        () -> {
          if (released.compareAndSet(false, true)) {
            answering.release();
          }
        };
    return response(
            Mono.fromCallable(() -> answer(request)).subscribeOn(virtualThreads), release)
        .doOnError(_ -> release.run())
        .doOnCancel(release);
  }

  private Mono<ServerResponse> response(Mono<Answer> answer, Runnable onEnd) {
    return answer
        .onErrorResume(
            failure ->
                Mono.fromCallable(() -> failures.answer(failure)).subscribeOn(virtualThreads))
        .map(ready -> new AnswerResponse(ready, writeTimeout, onEnd));
  }

  private Answer answer(ReadRequest request) {
    var caller = callers.caller(request.caller());
    return switch (request.path()) {
      case ResourcePath.ServiceDocument _ -> documents.sets(request);
      case ResourcePath.RecordSet(String set) ->
          set.equals(WHO_AM_I) ? documents.whoAmI(request, caller) : lists.list(request, set);
      case ResourcePath.RecordCount(String set) -> lists.count(request, set);
      case ResourcePath.SingleRecord single -> {
        var target = singles.target(single);
        yield singles.whole(request, target, singles.state(request, target));
      }
      case ResourcePath.RecordHistory ofRecord ->
          histories.history(request, singles.target(ofRecord));
      case ResourcePath.Member member ->
          singles.property(request, singles.target(member), member.name());
      case ResourcePath.MemberValue member ->
          singles.propertyText(request, singles.target(member), member.name());
      case ResourcePath.Metadata _ -> throw new NotSupportedException("Metadata documents");
      case ResourcePath.Batch _ -> throw new NotSupportedException("Batches");
      case ResourcePath.MemberCount _,
          ResourcePath.MemberReference _,
          ResourcePath.MemberItem _,
          ResourcePath.MemberItemReference _ ->
          throw new NotSupportedException("Navigation properties");
    };
  }

  @Override
  public void close() {
    virtualThreads.dispose();
    threads.close();
  }
}
