package com.acme.interop;

import com.acme.interop.Dubbo.Target;
import com.acme.interop.api.InteropService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code LoadMain <address> <calls per second>}: calls the providers found in that registry, or at those {@code dubbo://}
 * URLs. On its control port "go" begins to call at that steady rate, "report" says what became of the calls so far, and
 * "stop" says it when the last one has ended, and ends the program.
 */
public final class LoadMain {
  /** So many callers wait for an answer at a time; a call that waits slows only its own down. */
  private static final int CALLERS = 100;

  private final InteropService service;
  private final long intervalNanos;
  private final CountDownLatch callers = new CountDownLatch(CALLERS);
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger ok = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicReference<String> firstFailure = new AtomicReference<>("");
  private volatile long startedAt;
  private volatile boolean stopped;

  private LoadMain(InteropService service, int callsPerSecond) {
    this.service = service;
    this.intervalNanos = 1_000_000_000L * CALLERS / callsPerSecond;
  }

  public static void main(String[] arguments) throws Exception {
    String address = arguments[0];
    Target target = address.startsWith("dubbo://") ? new Target(null, address) : new Target(address, null);
    Dubbo dubbo = new DubboLine("chaos-java-consumer");
    InteropService service = dubbo.refer(target);
    service.ping();
    new LoadMain(service, Integer.parseInt(arguments[1])).obeyUntilStopped();
    // Without Dubbo's own end: the load is over.
    Runtime.getRuntime().halt(0);
  }

  private void go() {
    startedAt = System.nanoTime();
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      Thread thread = new Thread(() -> run(caller));
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run(int caller) {
    long next = startedAt + intervalNanos * caller / CALLERS;
    while (!stopped) {
      long ahead = next - System.nanoTime();
      if (ahead > 0) {
        sleep(ahead);
      }
      // What was missed is not made up for: others may have called meanwhile.
      next = Math.max(next + intervalNanos, System.nanoTime() - intervalNanos);
      call(sent.incrementAndGet());
    }
    callers.countDown();
  }

  private void call(int number) {
    try {
      int answer = service.nextInt(number);
      if (answer == number + 1) {
        ok.incrementAndGet();
      } else {
        fail(number + " was answered with " + answer);
      }
    } catch (RuntimeException failure) {
      fail(failure.toString());
    }
  }

  private void fail(String what) {
    failed.incrementAndGet();
    firstFailure.compareAndSet("", what);
  }

  private void obeyUntilStopped() throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Report.line("ready", "control", server.getLocalPort());
      while (!stopped) {
        try (Socket socket = server.accept()) {
          InputStreamReader input = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
          switch (new BufferedReader(input).readLine()) {
            case "go" -> go();
            case "stop" -> stop();
            default -> { }
          }
          socket.getOutputStream().write(report().getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private void stop() throws InterruptedException {
    stopped = true;
    callers.await();
  }

  private String report() {
    long seconds = Math.max(1, (System.nanoTime() - startedAt) / 1_000_000_000L);
    String first = firstFailure.get().replaceAll("[^ -~]|[\\\\\"]", " ");
    return "{\"callsPerSecond\":%d,\"sent\":%d,\"ok\":%d,\"failed\":%d,\"firstFailure\":\"%s\"}"
        .formatted(sent.get() / seconds, sent.get(), ok.get(), failed.get(), first);
  }

  private static void sleep(long nanos) {
    try {
      Thread.sleep(nanos / 1_000_000L, (int) (nanos % 1_000_000L));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
