package com.acme.interop;

import com.acme.interop.api.InteropService;
import com.acme.interop.api.NewsService;
import com.alibaba.dubbo.rpc.service.GenericException;
import java.util.List;
import java.util.Map;
import org.apache.dubbo.common.Version;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ArgumentConfig;
import org.apache.dubbo.config.MethodConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.apache.dubbo.rpc.service.EchoService;
import org.apache.dubbo.rpc.service.GenericService;

/** Dubbo 2.7 and 3: the packages of Apache, started by its bootstrap as the manuals say. */
final class DubboLine implements Dubbo {
  private final DubboBootstrap bootstrap = DubboBootstrap.getInstance();

  DubboLine(String application) {
    ApplicationConfig config = new ApplicationConfig(application);
    config.setQosEnable(false);
    bootstrap.application(config);
  }

  @Override
  public String version() {
    return Version.getVersion();
  }

  @Override
  public void export(InteropService service, NewsService news, String registry, int port) {
    ServiceConfig<InteropService> second = service(InteropService.class, service);
    // 2.7 takes two services of one interface without ids for one.
    second.setId("second");
    second.setGroup(GROUP);
    second.setVersion(VERSION);
    ProtocolConfig protocol = new ProtocolConfig("dubbo", port);
    bootstrap.protocol(protocol).registry(registry(registry));
    ServiceConfig<NewsService> third = service(NewsService.class, news);
    third.setId("third");
    third.setGroup(GROUP);
    third.setVersion(VERSION);
    third.setMethods(callbacks());
    // 3.2 calls back in fastjson2 unless it is told otherwise.
    third.setParameters(Map.of("prefer.serialization", "hessian2"));
    bootstrap.service(service(InteropService.class, service)).service(second).service(third).start();
  }

  private static <T> ServiceConfig<T> service(Class<T> contract, T service) {
    ServiceConfig<T> config = new ServiceConfig<>();
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
    config.setGeneric("true");
    return refer(config, target).$invoke(method, parameterTypes, arguments);
  }

  private <T> T refer(ReferenceConfig<T> config, Target target) {
    config.setTimeout(5000);
    config.setRetries(0);
    if (target.url() == null) {
      bootstrap.registry(registry(target.registry()));
    } else {
      config.setUrl(target.url());
    }
    bootstrap.reference(config).start();
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
    if (failure instanceof RpcException rpc) {
      return "code: " + rpc.getCode();
    }
    if (failure instanceof GenericException generic) {
      return "exceptionClass: " + generic.getExceptionClass() + ", exceptionMessage: " + generic.getExceptionMessage();
    }
    return null;
  }
}
