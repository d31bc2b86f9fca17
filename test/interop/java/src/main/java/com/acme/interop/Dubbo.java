package com.acme.interop;

import com.acme.interop.api.InteropService;
import com.acme.interop.api.NewsService;

/** What the two programs ask of Dubbo. {@code DubboLine} answers, once for com.alibaba's Dubbo and once for Apache's. */
interface Dubbo {
  String GROUP = "blue";
  String VERSION = "1.0.0";

  /** What a consumer by URL says of the callbacks; Dubbo 3.3 heeds it only beside another option of the same method. */
  String NEWS_BY_URL =
      "subscribe.1.callback=true&subscribe.return=true&unsubscribe.1.callback=false&unsubscribe.return=true";

  /** The version of Dubbo that is running, as it says itself. */
  String version();

  /**
   * Exports the services by the dubbo protocol, the first also as group {@link #GROUP} and version {@link #VERSION}, the other
   * only so.
   *
   * @param registry an address as {@code zookeeper://host:port?group=root}, or null to register nowhere
   */
  void export(InteropService service, NewsService news, String registry, int port);

  /** A stub of the service at {@code target}: no retries, {@code tell} one-way, {@code sleep} with a timeout of 500 ms. */
  InteropService refer(Target target);

  /** A stub of the second export. */
  InteropService referGroupAndVersion(Target target);

  /** A stub of the service that calls back. What is a callback says the provider's URL, or the one given. */
  NewsService referNews(Target target);

  /** A generic invocation of one method, in Dubbo's default generic mode. */
  Object invokeGenerically(Target target, String method, String[] parameterTypes, Object... arguments);

  Object echo(InteropService stub, Object value);

  /** Provider side: the attachment that came with the current request. */
  String requestAttachment(String key);

  /** Provider side: sends an attachment with the current answer. */
  void answerAttachment(String key, String value);

  /** Consumer side: sends an attachment with the next request of this thread. */
  void attach(String key, String value);

  /** Consumer side: the attachment that came with the last answer of this thread. */
  String receivedAttachment(String key);

  /** What Dubbo's own exceptions say beyond their message, such as the code of an RpcException; null for all others. */
  String details(Throwable failure);

  /** Where to look for the provider: one of the two is null. */
  record Target(String registry, String url) {
    /** The same provider's other service, with these parameters if it is by URL. */
    Target of(Class<?> contract, String parameters) {
      return url == null ? this : new Target(null, url.replaceFirst("[^/]*$", contract.getName() + "?" + parameters));
    }
  }
}
