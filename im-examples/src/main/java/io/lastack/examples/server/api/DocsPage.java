package io.lastack.examples.server.api;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** {@code /docs}: Swagger UI, from its jar, over our description. Nothing is fetched from elsewhere. */
final class DocsPage {
    private static final String PROPERTIES = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    private DocsPage() {}

    static void addTo(HttpRoutes.Builder routes) {
        String library = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
        add(routes, "/docs", "text/html; charset=utf-8", "/docs/index.html");
        add(routes, "/docs/docs.js", "text/javascript; charset=utf-8", "/docs/docs.js");
        add(routes, "/docs/swagger-ui.css", "text/css; charset=utf-8", library + "swagger-ui.css");
        add(routes, "/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8", library + "swagger-ui-bundle.js");
    }

    private static void add(HttpRoutes.Builder routes, String path, String contentType, String resource) {
        HttpReply reply = HttpReply.of(200, contentType, read(resource))
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cache-Control", "no-cache");
        routes.get(path, call -> reply);
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = open(PROPERTIES)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] read(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) {
        InputStream in = DocsPage.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IllegalStateException(resource + " is not on the class path");
        }
        return in;
    }
}
