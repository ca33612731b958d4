# shellcheck shell=bash
# Sourced by both builders: what is in packages/, one folder with a recipe for each package, the same for both families.
# A recipe sets: summary, versions; and where it has them: requires and conflicts (as Debian writes them), configuration
# (a path), after_install and before_remove (shell text), security, old, unsigned (versions that are not in the main
# repository), and lay_out, which puts the files of $version below $tree ($units there, for $family).

load() {   # load PACKAGE
    summary='' versions='' requires='' conflicts='' configuration='' after_install='' before_remove=''
    security='' old='' unsigned='' here=$PACKAGES/$1
    # shellcheck source=/dev/null
    . "$here/recipe"
}

place() {   # place VERSION: which repository the loaded package has it in
    local where
    for where in security old unsigned; do
        case " ${!where} " in *" $1 "*) echo "$where"; return ;; esac
    done
    echo main
}
