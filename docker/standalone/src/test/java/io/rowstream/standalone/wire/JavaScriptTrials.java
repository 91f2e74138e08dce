package io.rowstream.standalone.wire;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.interop.NodeRuntime;
import com.caoccao.javet.interop.V8Host;
import com.caoccao.javet.node.modules.NodeModuleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A file of trials in Node.js: every function it exports is one, and fails by throwing.
final class JavaScriptTrials implements AutoCloseable {
  private final NodeRuntime node;

  /// @param directory holds the packages the trials need
  JavaScriptTrials(String file, String serviceUrl, Path directory)
      throws IOException, JavetException {
    Path trials = directory.resolve(file);
    try (var source = JavaScriptTrials.class.getResourceAsStream(file)) {
      Files.write(trials, Objects.requireNonNull(source, file).readAllBytes());
    }
    node = V8Host.getNodeInstance().createV8Runtime();
    node.getNodeModule(NodeModuleModule.class).setRequireRootDirectory(directory.toFile());
    node.getGlobalObject().set("serviceUrl", serviceUrl);
    node.getGlobalObject().set("file", trials.toString());
    node.getExecutor("globalThis.trials = require(file)").executeVoid();
  }

  List<String> names() throws JavetException {
    return List.of(node.getExecutor("Object.keys(trials).join()").executeString().split(","));
  }

  /// Runs one trial to its end.
  ///
  /// @return what went wrong; empty if nothing did
  String run(String name) throws JavetException {
    node.getGlobalObject().set("trial", name);
    node.getExecutor(
            """
            globalThis.outcome = 'the trial did not come to its end';
            trials[trial]().then(
                () => outcome = '',
                (failure) => outcome = failure.stack + '\\n' + JSON.stringify(failure))
            """)
        .executeVoid();
    node.await();
    return node.getGlobalObject().getString("outcome");
  }

  @Override
  public void close() throws JavetException {
    node.close();
  }
}
