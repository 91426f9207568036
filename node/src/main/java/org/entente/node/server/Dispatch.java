package org.entente.node.server;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** One servlet behind one chain of filters, and the few files that are served as they are. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@EnableWebSecurity
class Dispatch implements WebMvcConfigurer {
    private static final Duration FILES_LIVE = Duration.ofHours(1);

    @Bean
    DispatcherServlet dispatcherServlet() {
        return new DispatcherServlet();
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> everything(DispatcherServlet servlet) {
        ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(servlet, "/");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean security() {
        DelegatingFilterProxyRegistrationBean registration =
                new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        return registration;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry files) {
        files.addResourceHandler("/look/*.css", "/look/*.svg")
                .addResourceLocations("classpath:/static/look/")
                .setCacheControl(CacheControl.maxAge(FILES_LIVE));
        files.addResourceHandler("/look/kit/*.css")
                .addResourceLocations("classpath:/META-INF/resources/webjars/tabler__core/1.4.0/dist/css/")
                .setCacheControl(CacheControl.maxAge(FILES_LIVE));
    }
}
