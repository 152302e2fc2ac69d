#!/usr/bin/env bash
# Keeps the translations in step with the messages in the code.
#
#   catalogue.sh             collects the messages, updates and compiles every translation
#   catalogue.sh --new fr    begins a translation
#   catalogue.sh --check     changes nothing; 1 when the first would change a file
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

i18n=resources/i18n
domain=alliance-desk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

babel() { .venv/bin/python -m babel.messages.frontend --quiet "$@"; }

collect() { # the file for the messages, further options
    local template=$1
    shift
    babel extract --mapping-file $i18n/babel.cfg --add-location file --sort-by-file --width 100 \
        --no-default-keywords --keyword _ --keyword ngettext:1,2 --keyword pgettext:1c,2 \
        --add-comments Translators: --output-file "$template" "$@" desktop_app
}

update() { # the folder of the translations
    local po language
    # No header, line numbers or dates: the file changes when a message does, and only then.
    collect "$1/$domain.pot" --omit-header
    for po in "$1"/*/LC_MESSAGES/$domain.po; do
        [ -e "$po" ] || continue
        language=$(basename "${po%/LC_MESSAGES/*}")
        babel update --ignore-pot-creation-date --previous --domain $domain --locale "$language" \
            --width 100 --input-file "$1/$domain.pot" --output-file "$po"
        babel compile --input-file "$po" --output-file "${po%.po}.mo"
    done
}

case "${1:-}" in
    "")
        update $i18n
        ;;
    --new)
        collect "$work/new.pot" --project "Alliance Desk" --version "" \
            --copyright-holder "Alliance Desk maintainers"
        babel init --domain $domain --input-file "$work/new.pot" --output-dir $i18n --locale "$2"
        update $i18n
        ;;
    --check)
        cp -R $i18n "$work/i18n"
        update "$work/i18n"
        if ! diff -rq $i18n "$work/i18n"; then
            printf 'The messages have changed: run "make catalogue".\n' >&2
            exit 1
        fi
        printf 'The translations are in step with the messages.\n'
        ;;
    *)
        sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
