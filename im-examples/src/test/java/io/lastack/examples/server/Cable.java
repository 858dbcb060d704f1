package io.lastack.examples.server;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;

/** What connects the tabs of a profile to the server: it can lose what the server says, and it can be cut. */
final class Cable {
    private WebSocketRoute page;
    private boolean losesAnswers;

    /** Sockets that are open already do not go through it. */
    Cable(BrowserContext context) {
        context.routeWebSocket("**/im", this::connect);
    }

    private void connect(WebSocketRoute route) {
        page = route;
        WebSocketRoute server = route.connectToServer();
        server.onMessage(frame -> {
            if (!losesAnswers) {
                forward(frame, route);
            }
        });
    }

    private static void forward(WebSocketFrame frame, WebSocketRoute to) {
        if (frame.text() != null) {
            to.send(frame.text());
        } else {
            to.send(frame.binary());
        }
    }

    /** From now on the server hears everything, and the page hears nothing. */
    void loseAnswers() {
        losesAnswers = true;
    }

    /** Ends the connection; the next one is whole. */
    void cut() {
        losesAnswers = false;
        page.close();
    }
}
