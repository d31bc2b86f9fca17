package com.acme.interop.api;

/** Calls back: the listeners are callback arguments, which {@code unsubscribe} releases. */
public interface NewsService {
  /** Greets the listener before it answers how many the topic has. */
  int subscribe(String topic, NewsListener listener);

  /** Tells all listeners of the topic, and answers what they said or threw. */
  String publish(String topic, Employee subject);

  /** Answers whether it was one of the topic's listeners. */
  boolean unsubscribe(String topic, NewsListener listener);
}
