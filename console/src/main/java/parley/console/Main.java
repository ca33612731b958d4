package parley.console;

import parley.console.cli.ParleyCommand;

/// Starts Parley: with arguments it answers once, without any it opens the console.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(ParleyCommand.run(arguments));
    }
}
