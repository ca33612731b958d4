package parley.console.repl;

import parley.console.reach.FirstContact;
import parley.console.show.Paragraph;
import parley.console.turn.Person;
import parley.safety.gate.Card;
import parley.safety.gate.Sanitiser;
import parley.tools.Bilingual;
import parley.tools.Host;
import parley.tools.Language;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The person at a terminal: sees cards whole, types answers, has no default yes.
public final class TerminalPerson implements Person, FirstContact {
    /// Whoever has not answered by then has said no.
    private static final Duration DECIDE_WITHIN = Duration.ofMinutes(10);

    private static final Set<String> NO = Set.of("n", "no", "不", "否", "拒绝");

    private final Screen screen;
    private final ReentrantLock asking = new ReentrantLock();
    private Language language;

    public TerminalPerson(Screen screen, Language language) {
        this.screen = screen;
        this.language = language;
    }

    /// The language of what is said from now on.
    public void speak(Language spoken) {
        language = spoken;
    }

    @Override
    public Answer approve(Card card) throws InterruptedException {
        asking.lockInterruptibly();
        try {
            return asked(card);
        } finally {
            asking.unlock();
        }
    }

    private Answer asked(Card card) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add("");
        card.lines().forEach(line -> lines.addAll(Paragraph.wrap(line, screen.columns())));
        screen.print(lines);
        Optional<String> typed = screen.ask(question(card), DECIDE_WITHIN);
        if (typed.isEmpty()) {
            return new Answer.TimedOut();
        }
        if (!NO.contains(typed.get().toLowerCase(Locale.ROOT))) {
            return new Answer.Typed(typed.get());
        }
        String why = language == Language.EN ? "why not? (may stay empty): " : "为什么？（可留空）：";
        return new Answer.Denied(screen.ask(why, DECIDE_WITHIN).orElse(""));
    }

    private String question(Card card) {
        if (card.rung() == 3) {
            return language == Language.EN
                    ? "type \"" + card.wordsToType() + "\" to ask a second person (no: deny): "
                    : "请输入“" + card.wordsToType() + "”以请求第二人批准（否：拒绝）：";
        }
        if (card.rung() >= 2) {
            return language == Language.EN
                    ? "type \"" + card.wordsToType() + "\" to go on: "
                    : "请输入“" + card.wordsToType() + "”以继续：";
        }
        return language == Language.EN ? "go on? (yes/no): " : "继续吗？（是/否）：";
    }

    @Override
    public Optional<String> approvedDigest() {
        return Optional.empty();
    }

    @Override
    public void progress(Bilingual what) {
        screen.print(
                Paragraph.wrap(Sanitiser.line("  " + what.in(language)), screen.columns()).stream()
                        .map(line -> "\u001b[2m" + line + "\u001b[0m")
                        .toList());
    }

    @Override
    public void working(String host, Optional<Bilingual> what) {
        screen.live(host, what.map(words -> words.in(language)));
    }

    @Override
    public void notice(Bilingual what) {
        screen.print(Paragraph.wrap(Sanitiser.line(what.in(language)), screen.columns()));
    }

    @Override
    public void partial(String words) {
        screen.stream(words);
    }

    @Override
    public boolean trust(Host host, String keyType, String fingerprint) {
        String asked =
                language == Language.EN
                        ? "first contact with "
                                + host.name()
                                + ": its "
                                + keyType
                                + " key is "
                                + fingerprint
                        : "首次连接 " + host.name() + "：其 " + keyType + " 密钥为 " + fingerprint;
        try {
            asking.lockInterruptibly();
            try {
                screen.print(Paragraph.wrap(Sanitiser.line(asked), screen.columns()));
                String answer =
                        screen.ask(
                                language == Language.EN
                                        ? "is that the host's key? (yes/no): "
                                        : "确认这是该主机的密钥吗？（是/否）：");
                return answer.equalsIgnoreCase("yes") || answer.equals("是");
            } finally {
                asking.unlock();
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
