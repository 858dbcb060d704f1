package io.lastack.examples.chat;

import io.lastack.ImRuntime;
import io.lastack.client.ImClient;
import io.lastack.client.TokenSource;
import io.lastack.log.DeviceId;
import io.lastack.log.UserId;
import io.lastack.transport.tyrus.FallbackConnector;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code java -jar lastack-server.jar chat --as alice}: chats from a terminal until end of input or {@code /quit}. */
@Command(
        name = "chat",
        description = "Chat from the terminal.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Then type:",
            "  @bob hello      a message to bob",
            "  #team hello     a message to the group team",
            "  hello           a message to whom you wrote last",
            "  /group team bob,carol   make a group",
            "  /history @bob   the newest messages",
            "  /list           your conversations",
            "  /quit"
        })
public final class ChatCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--as", paramLabel = "NAME", required = true, description = "who you are")
    private String name = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080/",
            description = "where the server's page is (default: ${DEFAULT-VALUE})")
    private URI url = URI.create("http://localhost:8080/");

    @Option(names = "--token", paramLabel = "TOKEN", description = "your token, where the server has no dev login")
    private @Nullable String token;

    @Option(
            names = "--device",
            paramLabel = "ID",
            defaultValue = "terminal",
            description = "name of this device (default: ${DEFAULT-VALUE})")
    private String device = "terminal";

    @Override
    public Integer call() throws IOException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        UserId user = UserId.of(name);
        TokenSource tokens = token != null ? TokenSource.of(token) : new DevTokens(url, user);
        try (ImRuntime runtime = ImRuntime.system();
                ImClient client = ImClient.builder(runtime, FallbackConnector.to(socket(url)))
                        .device(DeviceId.of(device))
                        .tokens(tokens)
                        .listener(new Screen(user, out))
                        .build()) {
            client.start();
            Prompt prompt = new Prompt(client, user, out);
            var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            for (String line = in.readLine(); line != null && prompt.take(line); line = in.readLine()) {
                out.flush();
            }
            prompt.awaitAnswers();
        }
        return 0;
    }

    private static URI socket(URI page) {
        String scheme = "https".equals(page.getScheme()) ? "wss" : "ws";
        return URI.create(scheme + "://" + page.getAuthority() + "/im");
    }
}
