package parley.tools.catalogue.packages;

import parley.tools.Bilingual;
import parley.tools.Reading;
import parley.tools.Unreadable;

final class UndoDnf {
    private UndoDnf() {}

    static Reading<PackageSolution> solve(
            PackagePlan.Arguments arguments, Object installed, Solving solving, Asking asking)
            throws Asking.Unasked, Unreadable {
        throw new Unreadable(Bilingual.same("not yet"));
    }
}
