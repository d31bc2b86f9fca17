package com.acme.interop;

import com.acme.interop.api.InteropService;
import com.acme.interop.api.NewsService;
import com.alibaba.dubbo.common.Version;
import com.alibaba.dubbo.config.ApplicationConfig;
import com.alibaba.dubbo.config.ArgumentConfig;
import com.alibaba.dubbo.config.MethodConfig;
import com.alibaba.dubbo.config.ProtocolConfig;
import com.alibaba.dubbo.config.ReferenceConfig;
import com.alibaba.dubbo.config.RegistryConfig;
import com.alibaba.dubbo.config.ServiceConfig;
import com.alibaba.dubbo.rpc.RpcContext;
import com.alibaba.dubbo.rpc.RpcException;
import com.alibaba.dubbo.rpc.service.EchoService;
import com.alibaba.dubbo.rpc.service.GenericException;
import com.alibaba.dubbo.rpc.service.GenericService;
import java.util.List;

/** Dubbo 2.6: the packages of com.alibaba, started by the configuration classes alone. */
final class DubboLine implements Dubbo {
  private final ApplicationConfig application;

  DubboLine(String name) {
    application = new ApplicationConfig(name);
    application.setQosEnable(false);
  }

  @Override
  public String version() {
    return Version.getVersion();
  }

  @Override
  public void export(InteropService service, NewsService news, String registry, int port) {
    ServiceConfig<InteropService> second = service(InteropService.class, service, registry, port);
    second.setGroup(GROUP);
    second.setVersion(VERSION);
    service(InteropService.class, service, registry, port).export();
    second.export();
    ServiceConfig<NewsService> third = service(NewsService.class, news, registry, port);
    third.setGroup(GROUP);
    third.setVersion(VERSION);
    third.setMethods(callbacks());
    third.export();
  }

  private <T> ServiceConfig<T> service(Class<T> contract, T service, String registry, int port) {
    ServiceConfig<T> config = new ServiceConfig<>();
    config.setApplication(application);
    config.setRegistry(registry(registry));
    config.setProtocol(new ProtocolConfig("dubbo", port));
    config.setInterface(contract);
    config.setRef(service);
    return config;
  }

  private static List<MethodConfig> callbacks() {
    return List.of(callback("subscribe", true), callback("unsubscribe", false));
  }

  private static MethodConfig callback(String method, boolean create) {
    ArgumentConfig listener = new ArgumentConfig();
    listener.setIndex(1);
    listener.setCallback(create);
    MethodConfig config = new MethodConfig();
    config.setName(method);
    config.setArguments(List.of(listener));
    return config;
  }

  @Override
  public InteropService refer(Target target) {
    ReferenceConfig<InteropService> config = new ReferenceConfig<>();
    config.setInterface(InteropService.class);
    MethodConfig tell = new MethodConfig();
    tell.setName("tell");
    tell.setReturn(false);
    MethodConfig sleep = new MethodConfig();
    sleep.setName("sleep");
    sleep.setTimeout(500);
    config.setMethods(List.of(tell, sleep));
    return refer(config, target);
  }

  @Override
  public InteropService referGroupAndVersion(Target target) {
    ReferenceConfig<InteropService> config = new ReferenceConfig<>();
    config.setInterface(InteropService.class);
    config.setGroup(GROUP);
    config.setVersion(VERSION);
    return refer(config, target);
  }

  @Override
  public NewsService referNews(Target target) {
    ReferenceConfig<NewsService> config = new ReferenceConfig<>();
    config.setInterface(NewsService.class);
    config.setGroup(GROUP);
    config.setVersion(VERSION);
    return refer(config, target.of(NewsService.class, NEWS_BY_URL));
  }

  @Override
  public Object invokeGenerically(Target target, String method, String[] parameterTypes, Object... arguments) {
    ReferenceConfig<GenericService> config = new ReferenceConfig<>();
    config.setInterface(InteropService.class.getName());
    config.setGeneric(true);
    return refer(config, target).$invoke(method, parameterTypes, arguments);
  }

  private <T> T refer(ReferenceConfig<T> config, Target target) {
    config.setApplication(application);
    config.setTimeout(5000);
    config.setRetries(0);
    if (target.url() == null) {
      config.setRegistry(registry(target.registry()));
    } else {
      config.setUrl(target.url());
    }
    return config.get();
  }

  private static RegistryConfig registry(String address) {
    return new RegistryConfig(address == null ? RegistryConfig.NO_AVAILABLE : address);
  }

  @Override
  public Object echo(InteropService stub, Object value) {
    return ((EchoService) stub).$echo(value);
  }

  @Override
  public String requestAttachment(String key) {
    return RpcContext.getContext().getAttachment(key);
  }

  @Override
  public void answerAttachment(String key, String value) {
    RpcContext.getServerContext().setAttachment(key, value);
  }

  @Override
  public void attach(String key, String value) {
    RpcContext.getContext().setAttachment(key, value);
  }

  @Override
  public String receivedAttachment(String key) {
    return RpcContext.getServerContext().getAttachment(key);
  }

  @Override
  public String details(Throwable failure) {
    if (failure instanceof RpcException) {
      return "code: " + ((RpcException) failure).getCode();
    }
    if (failure instanceof GenericException generic) {
      return "exceptionClass: " + generic.getExceptionClass() + ", exceptionMessage: " + generic.getExceptionMessage();
    }
    return null;
  }
}
