package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Action;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Operation;
import parley.tools.catalogue.packages.PackageHistoryTransactions.Transaction;
import parley.tools.read.HostTime;
import parley.tools.value.Count;
import parley.tools.value.HostText;
import parley.tools.value.TransactionName;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which past transaction an undo means, and on apt, which knows no undo, what its inverse is. dnf
/// computes that itself.
final class Undoing {
    private static final long LOOKED_THROUGH = 50;

    private Undoing() {}

    /// How one family asks for its history.
    interface History {
        List<Argv> commands(PackageHistory.Arguments arguments, List<Capture> soFar)
                throws Unreadable;

        Reading<PackageHistoryTransactions> read(
                PackageHistory.Arguments arguments, List<Capture> captures) throws Unreadable;
    }

    static History apt() {
        return new History() {
            @Override
            public List<Argv> commands(PackageHistory.Arguments arguments, List<Capture> soFar)
                    throws Unreadable {
                return PackageHistoryApt.commands(arguments, soFar);
            }

            @Override
            public Reading<PackageHistoryTransactions> read(
                    PackageHistory.Arguments arguments, List<Capture> captures) throws Unreadable {
                return PackageHistoryApt.read(arguments, captures);
            }
        };
    }

    static History dnf() {
        return new History() {
            @Override
            public List<Argv> commands(PackageHistory.Arguments arguments, List<Capture> soFar)
                    throws Unreadable {
                return PackageHistoryDnf.commands(arguments, soFar);
            }

            @Override
            public Reading<PackageHistoryTransactions> read(
                    PackageHistory.Arguments arguments, List<Capture> captures) throws Unreadable {
                return PackageHistoryDnf.read(arguments, captures);
            }
        };
    }

    /// The transaction meant: the one named by its id or by the hash of its plan, else the last of
    /// ours that did something.
    ///
    /// @throws Unreadable when there is none
    static Transaction meant(
            Optional<TransactionName> named, History history, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        PackageHistory.Arguments arguments =
                new PackageHistory.Arguments(
                        Optional.of(new Count(LOOKED_THROUGH)), Optional.empty());
        List<Capture> captures = new ArrayList<>();
        List<Argv> known = history.commands(arguments, List.of());
        while (captures.size() < known.size()) {
            captures.add(asking.ask(known.get(captures.size())));
            known = history.commands(arguments, List.copyOf(captures));
        }
        List<Transaction> all = history.read(arguments, captures).value().transactions();
        Transaction meant =
                all.stream()
                        .filter(one -> !one.actions().isEmpty())
                        .filter(one -> named.map(name -> isNamed(one, name)).orElse(isOurs(one)))
                        .findFirst()
                        .orElseThrow(() -> new Unreadable(none(named)));
        solving.undoes(new PackageSolution.Undone(meant.id(), meant.start(), meant.command()));
        return meant;
    }

    private static boolean isOurs(Transaction one) {
        return one.ours().isPresent();
    }

    private static boolean isNamed(Transaction one, TransactionName name) {
        return one.id().value().equals(name.value())
                || one.ours().map(HostText::value).filter(name.value()::startsWith).isPresent();
    }

    private static Bilingual none(Optional<TransactionName> named) {
        return named.map(name ->
                        Bilingual.of(
                                "the newest {0} package transactions of this host have none that is"
                                        + " {1}; package.history lists them",
                                "该主机最近 {0} 条软件包事务中没有 {1}；可用 package.history 查看",
                                LOOKED_THROUGH,
                                name))
                .orElse(
                        Bilingual.of(
                                "none of the newest {0} package transactions of this host was made"
                                    + " by Parley, so there is nothing of ours to undo; name the"
                                    + " transaction, package.history lists them",
                                "该主机最近 {0} 条软件包事务都不是 Parley 执行的，没有可撤销的；请写明事务编号，可用 package.history"
                                        + " 查看",
                                LOOKED_THROUGH));
    }

    /// What takes a transaction back on apt.
    ///
    /// @param words for `apt-get`
    /// @param names the packages it is about
    record Inverse(List<String> words, Set<String> names) {}

    /// The inverse of a transaction as things are now.
    ///
    /// @throws Unreadable when a package it left is no longer as it left it: a later transaction
    ///   has to be undone first
    static Inverse inverse(Transaction transaction, DpkgRows installed) throws Unreadable {
        Argv source = Argv.of("zcat", "history.log");
        List<String> back = new ArrayList<>();
        List<String> away = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (Action action : transaction.actions()) {
            String name = PackagePlanApt.checkedName(source, action.name().value());
            Optional<String> now = installed.find(name).map(DpkgRows.Row::version);
            Optional<String> left = action.to().map(HostText::value);
            boolean restores =
                    action.op() != Operation.INSTALL
                            && action.op() != Operation.REINSTALL
                            && action.op() != Operation.MARK;
            if (action.op() == Operation.INSTALL && now.isPresent()) {
                refuseChanged(transaction, name, now, left);
                away.add(name);
                names.add(name);
            } else if (restores && action.from().isPresent()) {
                refuseChanged(transaction, name, now, left);
                back.add(name + "=" + PackagePlanApt.checked(source, action.from().get().value()));
                names.add(name);
            }
        }
        List<String> words = new ArrayList<>();
        if (back.isEmpty()) {
            words.add("remove");
            words.addAll(away);
        } else {
            words.addAll(List.of("install", "--allow-downgrades"));
            words.addAll(back);
            away.forEach(name -> words.add(name + "-"));
        }
        return new Inverse(words, names);
    }

    private static void refuseChanged(
            Transaction transaction, String name, Optional<String> now, Optional<String> left)
            throws Unreadable {
        if (!now.equals(left)) {
            String en = now.map(version -> "is at " + version).orElse("is not there");
            String zh = now.map(version -> "当前为 " + version).orElse("已不存在");
            throw new Unreadable(
                    Bilingual.of(
                            "transaction "
                                    + transaction.id()
                                    + " of "
                                    + HostTime.spoken(transaction.start())
                                    + " left "
                                    + name
                                    + left.map(version -> " at " + version).orElse(" removed")
                                    + ", but it "
                                    + en
                                    + " now: undo what came later first",
                            "事务 "
                                    + transaction.id()
                                    + "（"
                                    + HostTime.spoken(transaction.start())
                                    + "）之后 "
                                    + name
                                    + left.map(version -> " 为 " + version).orElse(" 已卸载")
                                    + "，但它"
                                    + zh
                                    + "：请先撤销之后的变更"));
        }
    }
}
