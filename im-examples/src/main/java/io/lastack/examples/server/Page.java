package io.lastack.examples.server;

import io.lastack.transport.tyrus.http.HttpReply;
import io.lastack.transport.tyrus.http.HttpRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The static page, from the class path; its files are listed in {@code page/files.txt}. */
final class Page {
    private static final String ROOT = "/page/";
    private static final String POLICY = "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:;"
            + " base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private Page() {}

    static void addTo(HttpRoutes.Builder routes) {
        for (String file : files()) {
            HttpReply reply = HttpReply.of(200, contentType(file), read(file))
                    .with("Content-Security-Policy", POLICY)
                    .with("X-Content-Type-Options", "nosniff")
                    .with("Referrer-Policy", "no-referrer")
                    .with("Cache-Control", "no-cache");
            routes.get("/" + file, call -> reply);
            if (file.equals("index.html")) {
                routes.get("/", call -> reply);
            }
        }
    }

    private static List<String> files() {
        return new String(read("files.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static byte[] read(String file) {
        try (InputStream in = Page.class.getResourceAsStream(ROOT + file)) {
            if (in == null) {
                throw new IllegalStateException("the page's file " + file + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentType(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "webmanifest" -> "application/manifest+json";
            default -> throw new IllegalStateException("no content type is known for " + file);
        };
    }
}
