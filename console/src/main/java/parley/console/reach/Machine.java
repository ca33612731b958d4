package parley.console.reach;

import parley.safety.gate.Step;
import parley.tools.Capture;

import java.util.Optional;

/// Something commands run on: this machine or a host over SSH, with the same limits and meanings.
sealed interface Machine permits LocalMachine, SshHost {
    /// More output than this is not even read: the command is ended and has exit code 141.
    long MOST_READ = 128L * 1024 * 1024;

    int MOST_STDERR = 16 * 1024;

    /// Runs the words of a permitted step once.
    ///
    /// @throws NotRun when there is no capture; its kind says what is known
    Capture run(Step step) throws NotRun;

    Login login() throws NotRun, InterruptedException;

    /// Where a program lies on it, in the folders of the fixed search path.
    Optional<String> locate(String program) throws NotRun, InterruptedException;
}
