package io.lastack.examples;

import io.lastack.error.InvalidRequestException;
import io.lastack.error.StoreException;
import io.lastack.examples.bench.BenchCommand;
import io.lastack.examples.chat.ChatCommand;
import io.lastack.examples.mixed.TwoStoresCommand;
import io.lastack.examples.server.ServeCommand;
import io.lastack.examples.shop.ShopCommand;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The runnable jar: without a command it serves; {@code chat} and {@code bench} are clients, {@code shop}
 * and {@code two-stores} examples. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new ServeCommand())
                .addSubcommand(new ChatCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new ShopCommand())
                .addSubcommand(new TwoStoresCommand())
                .setDefaultValueProvider(new EnvironmentDefaults())
                .setExecutionExceptionHandler(Main::explain);
    }

    /** What the user can mend is said in a line; anything else is a fault of ours, and shows where. */
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof StoreException
                || failure instanceof UncheckedIOException
                || failure instanceof IllegalArgumentException
                || failure instanceof InvalidRequestException) {
            command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Every option may come from the environment: {@code --db-url} is {@code LASTACK_DB_URL}. */
    static final class EnvironmentDefaults implements CommandLine.IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(CommandLine.Model.ArgSpec arg) {
            if (arg instanceof CommandLine.Model.OptionSpec option && !option.usageHelp() && !option.versionHelp()) {
                return System.getenv(variable(option.longestName()));
            }
            return null;
        }

        static String variable(String option) {
            return "LASTACK_" + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
        }
    }
}
