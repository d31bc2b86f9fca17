package com.acme.interop;

import com.acme.interop.api.Employee;
import com.acme.interop.api.NewsListener;
import com.acme.interop.api.NewsService;
import com.acme.interop.api.NoSuchEmployee;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Keeps listeners by identity, for Dubbo's stubs are equal to nothing, not even to themselves. */
final class NewsProvider implements NewsService {
  private final Map<String, Set<NewsListener>> listeners = new ConcurrentHashMap<>();

  @Override
  public int subscribe(String topic, NewsListener listener) {
    listener.greeted(topic);
    Set<NewsListener> ofTopic = of(topic);
    ofTopic.add(listener);
    return ofTopic.size();
  }

  @Override
  public String publish(String topic, Employee subject) {
    return of(topic).stream().map(listener -> tell(listener, subject)).collect(Collectors.joining(", "));
  }

  @Override
  public boolean unsubscribe(String topic, NewsListener listener) {
    return of(topic).remove(listener);
  }

  private Set<NewsListener> of(String topic) {
    return listeners.computeIfAbsent(topic, key -> Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>())));
  }

  private static String tell(NewsListener listener, Employee subject) {
    try {
      return listener.published(subject);
    } catch (NoSuchEmployee thrown) {
      return "NoSuchEmployee " + thrown.getCode() + ": " + thrown.getMessage();
    }
  }
}
