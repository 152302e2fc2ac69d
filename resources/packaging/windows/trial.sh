# The trial of under-wine.sh: what an IT department would do with the setup and the zip, one line for each thing
# that must hold. Sourced there; everything happens in a Windows of its own, which is made anew each time.
export LC_ALL=C.UTF-8
windows=$work/trial
drive=$windows/drive_c
place="$drive/Program Files/Alliance Desk"
settled=$drive/ProgramData/alliance-desk
older=0.0.9
picture=$work/window.png
example=AL-ga-commitments-2013-example.adesk
package=al-ga-commitments-2013.1-2013-draft.zip
removing='HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\Alliance Desk'
failed=0 said='' code=0 log=''

hold() { # what must hold, in words; the command that is true then
    local words=$1
    shift
    if "$@" >/dev/null 2>&1; then echo "ok      $words"; else
        echo "FAILED  $words"
        failed=$((failed + 1))
        printf '%s\n' "code $code" "$said" "$log" | sed 's/^/        | /' | tail -n 12
    fi
}
same() { [ "$1" = "$2" ]; }
has() { grep -qF -- "$2" <<<"$1"; }
is_not() { ! "$@"; }
wait_for() { # a command that becomes true within a minute or two
    local tries
    for tries in $(seq 240); do "$@" >/dev/null 2>&1 && return; sleep 0.5; done
    return 1
}

here() { HOME=$work/home XDG_DATA_HOME='' XDG_CONFIG_HOME='' XDG_STATE_HOME='' .venv/bin/alliance-desk "$@"; }
desk() { code=0; said=$(win "$place/alliance-desk.exe" "$@") || code=$?; }
run_setup() { # SETUP [further arguments]; its log is read afterwards
    local program=$1
    shift
    rm -f "$drive/setup.log"
    code=0
    echo | xvfb-run -a timeout 900 wine "$program" /S '/LOG=C:\setup.log' "$@" >/dev/null 2>&1 || code=$?
    log=$(iconv -f utf-16 "$drive/setup.log" 2>/dev/null | tr -d '\r' || true)
}
run_removal() { # FOLDER; the uninstaller goes on by itself when it has returned
    rm -f "$drive/removal.log"
    # The display stays until it is over: without one, what goes on by itself would end.
    xvfb-run -a bash -c '
        echo | wine "$1/uninstall.exe" /S "/LOG=C:\removal.log"
        for _ in $(seq 240); do iconv -f utf-16 "$2" 2>/dev/null | grep -q "Exit code" && break; sleep 0.5; done
    ' - "$1" "$drive/removal.log" >/dev/null 2>&1 || true
    log=$(iconv -f utf-16 "$drive/removal.log" | tr -d '\r' || true)
}
value() { win reg query "$1" /v "$2" | sed -n 's/.*REG_[A-Z_]* *//p' | head -n 1; }
lay_stubs() { cp "$work/icuuc.dll" "$work/bcryptprimitives.dll" "$1/_internal/"; }
is_whole() { # the program in a folder, file by file, but for the stubs
    (cd "$frozen" && find . -type f | sort) >"$work/wanted"
    (cd "$1" && find . -type f ! -path ./uninstall.exe ! -path ./policy.toml ! -path ./_internal/icuuc.dll \
        ! -path ./_internal/bcryptprimitives.dll | sort) | cmp - "$work/wanted"
}
is_of() { [ "$(value "$removing" DisplayVersion)" = "$1" ] && { [ "$1" != $older ] || return 0; } && is_whole "$place"; }

begin() {
    prepare
    hold "the checksums beside the setup and the zip are right" bash -c "cd dist && sha256sum --check --quiet SHA256SUMS-windows"
    # Else bytes that differ from those on this system mean nothing.
    hold "it was built from the source as it stands" same "$(cat "$work/built-from")" "$(source_now)"
    tell_sizes
    export WINEPREFIX=$windows
    umount "$drive/small" 2>/dev/null || true
    wineserver -k 2>/dev/null || true
    rm -rf "$windows" "$work/older" "$work/here" "$work/home"
    mkdir "$work/home"
    cp -a "$work/prefix" "$windows"
    # The older version is the same program under another number, with files that only it has.
    cp -al "$frozen" "$work/older"
    echo old >"$work/older/_internal/only-in-$older.dll"
    mkdir "$work/older/LICENSES/only-in-$older" && echo old >"$work/older/LICENSES/only-in-$older/LICENSE"
    make_setup $older "$work/older" "$work/older-setup.exe" -DPLAIN >/dev/null
    here demo --to "$work/here" >/dev/null
}

try_older() {
    run_setup "$work/older-setup.exe"
    hold "setup $older, silent: exit code 0" same $code 0
    hold "setup $older: its log says what was done" has "$log" "Version $older is installed. Exit code 0"
    hold "setup $older: made %PROGRAMDATA%\\alliance-desk and had its rights set" has "$log" "administrators write there"
    hold "setup $older: listed under Installed apps" same "$(value "$removing" DisplayVersion)" $older
    lay_stubs "$place"
    desk demo --to 'C:\trial'
    hold "version $older: makes a report" test -f "$drive/trial/$example"
    echo "data_folder = 'C:\\trial'" >"$settled/policy.toml"
    echo 'language = "en"' >"$place/policy.toml"
}

try_running() {
    # The hidden process waits for a workbook that does not come, so the program runs.
    rm -f "$work/pipe" && mkfifo "$work/pipe"
    (wine "$place/alliance-desk.exe" _read-workbook 0 <"$work/pipe" 2>&1 | cat) >/dev/null &
    local waiting=$!
    exec 7>"$work/pipe"
    wait_for eval 'grep -qs "Alliance Desk/_internal/python311.dll" /proc/[0-9]*/maps' || true
    run_setup "$setup" 7>&-
    hold "setup while the program runs: exit code 3" same $code 3
    hold "setup while the program runs: nothing was changed" test -e "$place/_internal/only-in-$older.dll"
    exec 7>&-
    wait $waiting || true
}

try_upgrade() {
    run_setup "$setup"
    hold "upgrade to $version: exit code 0" same $code 0
    hold "upgrade: the log names the version before" has "$log" "Version $older was installed last"
    hold "upgrade: exactly the files of the new version, none of the old one" is_of "$version"
    hold "upgrade: the policy of the computer and the one beside the program stayed" \
        test -e "$settled/policy.toml" -a -e "$place/policy.toml"
    hold "upgrade: the rights of %PROGRAMDATA%\\alliance-desk are left as they are" has "$log" "its rights stay as they are"
    hold "Installed apps: size in KiB" test "$(($(value "$removing" EstimatedSize)))" -gt 50000
    hold "Installed apps: silent removal" has "$(value "$removing" QuietUninstallString)" 'uninstall.exe" /S'
    hold "start menu: one entry, for all users" \
        test -e "$drive/ProgramData/Microsoft/Windows/Start Menu/Programs/Alliance Desk.lnk"
    hold ".adesk files open with the program" \
        has "$(win reg query 'HKLM\Software\Classes\AllianceDesk.Report\shell\open\command' /ve)" 'Alliance Desk.exe" "%1"'
    lay_stubs "$place"
}

try_program() {
    local line data
    desk --version
    hold "--version: $said" same "$said" "alliance-desk $version"
    hold "the program's file tells its version, as IT departments look for it" .venv/bin/python -c '
import sys
told = open(sys.argv[1], "rb").read()
place = told.rindex("ProductVersion".encode("utf-16-le"))
assert sys.argv[2].encode("utf-16-le") in told[place : place + 60]
' "$place/Alliance Desk.exe" "$version"
    desk self-test
    sed 's/^/        /' <<<"$said"
    hold "self-test: exit code 0, nothing failed" eval '[ $code = 0 ] && ! has "$said" FAILED'
    desk policy show
    hold "policy: the file in %PROGRAMDATA% is in force" has "$said" 'C:\ProgramData\alliance-desk\policy.toml'
    win reg add 'HKLM\Software\Policies\Alliance Desk' /v work_in_place /t REG_DWORD /d 1 /f >/dev/null
    desk policy show
    hold "policy: the registry comes first" has "$said" 'HKEY_LOCAL_MACHINE\Software\Policies\Alliance Desk'
    win reg delete 'HKLM\Software\Policies\Alliance Desk' /f >/dev/null
    win reg import 'C:\Program Files\Alliance Desk\_internal\resources\help\it\windows\policy.reg' >/dev/null
    desk policy show
    hold "policy: the example for the registry is understood, tables and lists too" eval \
        'has "$said" "latest = 20" && has "$said" form_deliveries'
    win reg delete 'HKLM\Software\Policies\Alliance Desk' /f >/dev/null

    mkdir "$drive/form" && cp -r forms/mnr/2016.1/. "$drive/form/" && sed -i 's/^id = "mnr"/id = "trial"/' "$drive/form/form.toml"
    desk forms pack 'C:\form' --to 'C:\trial'
    line=$(sed -n 's/^Delivery: //p' <<<"$said")
    desk forms install --for-all "$line"
    hold "forms: a delivery is installed for everybody" test -e "$settled/forms/trial/2016.1/form.toml"
    desk forms list
    hold "forms: it is offered" has "$said" "trial 2016.1"

    desk show "C:\\trial\\$example" --json
    hold "version $version reads the report that $older made" same $code 0
    rm -f "$drive/trial/"*
    desk demo --to 'C:\trial'
    hold "demo: fills, checks and exports the example" same $code 0
    data=$(unzip -p "$drive/trial/$package" data.json | sha256sum)
    hold "demo: data.json has the same bytes as on this system" same "$data" "$(unzip -p "$work/here/$package" data.json | sha256sum)"
    hold "demo: the whole package has, documents and workbook too" cmp "$drive/trial/$package" "$work/here/$package"
    desk demo --to 'C:\trial'
    hold "demo: again, the same" same $code 0
    try_words
    try_documents
}

try_words() { # what no old code page has must come through a pipe and into a file
    local named='Отчёт 報告 é.adesk'
    cp "$drive/trial/$example" "$drive/trial/$named"
    desk check "C:\\trial\\$named"
    hold "a file named in other scripts is checked, its words are piped as UTF-8" same $code 0
    desk check "C:\\trial\\нет.adesk"
    hold "a file that is missing is named in its own letters; exit code 2" eval '[ $code = 2 ] && has "$said" нет.adesk'
    printf '@"C:\\Program Files\\Alliance Desk\\alliance-desk.exe" show "C:\\trial\\%s" >C:\\trial\\shown.txt\r\n' "$example" \
        >"$drive/trial/show.cmd"
    win cmd /c 'C:\trial\show.cmd' >/dev/null
    hold "redirected into a file by cmd: UTF-8" eval 'iconv -f utf-8 -t utf-8 "$drive/trial/shown.txt" | grep -q "Albania · "'
    hold "no traceback anywhere in it" is_not grep -q Traceback "$drive/trial/shown.txt"
}

try_documents() {
    desk document "C:\\trial\\$example" pdf --to 'C:\trial\report.pdf'
    hold "_typeset, frozen: a PDF is made" eval '[ $code = 0 ] && [ "$(head -c 5 "$drive/trial/report.pdf")" = %PDF- ]'
    win "$place/Alliance Desk.exe" document "C:\\trial\\$example" sign-off --to 'C:\trial\page.pdf' >/dev/null || true
    hold "_typeset, from the program without a console: a page to sign is made" \
        eval '[ "$(head -c 5 "$drive/trial/page.pdf")" = %PDF- ]'
    unzip -q -o "$drive/trial/$package" report.xlsx -d "$drive/trial"
    .venv/bin/python - "$drive/trial/report.xlsx" "$drive/trial/reviewed.xlsx" <<'PYTHON'
import sys
from openpyxl import load_workbook
workbook = load_workbook(sys.argv[1])
sheet = workbook["Review"]
headers = {cell.value: cell.column for row in sheet.iter_rows(max_row=12) for cell in row if cell.value}
row = next(cell.row for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("In any criminal"))
sheet.cell(row, headers["Comment"]).value = "Which budget? Ποιος"
sheet.cell(row, headers["Reviewer"]).value = "Zoë"
workbook.save(sys.argv[2])
PYTHON
    local program
    for program in "alliance-desk.exe" "Alliance Desk.exe"; do
        said=$(cat "$drive/trial/reviewed.xlsx" | wine "$place/$program" _read-workbook 100000 2>&1 | tr -d '\r' || true)
        hold "_read-workbook in $program, frozen: reads a workbook, its job has limits" \
            eval 'has "$said" "Which budget? Ποιος" && has "$said" "\"limited\":[\"memory\",\"cpu\",\"processes\"]"'
        said=$(printf 'a secret' | wine "$place/$program" _key-store keep trial 2>&1 | tr -d '\r' || true)
        said+=$(printf '' | wine "$place/$program" _key-store read trial 2>&1 | tr -d '\r' || true)
        hold "_key-store in $program, frozen: keeps a secret and gives it back" has "$said" '"secret": "a secret"'
    done
    # What the window asks of the hidden process for a long report, answered in pieces.
    .venv/bin/python - "$example" >"$work/asked" <<'PYTHON'
import pathlib, pickle, sys
from desktop_app.services.review.apart import Asked

class There:
    def __init__(self, path):
        self.path = path
    def __reduce__(self):
        return pathlib.Path, (self.path,)

forms = There("C:\\Program Files\\Alliance Desk\\_internal\\forms")
asked = Asked(There("C:\\trial\\" + sys.argv[1]), There("C:\\trial\\reviewed.xlsx"), 1, (forms,))
sys.stdout.buffer.write(pickle.dumps(asked))
PYTHON
    for program in "alliance-desk.exe" "Alliance Desk.exe"; do
        said=$(cat "$work/asked" | wine "$place/$program" _look-at-workbook 2>&1 | tr -d '\0\r' || true)
        hold "_look-at-workbook in $program, frozen: tells what a workbook holds" grep -aqF "Which budget? Ποιος" <<<"$said"
    done
    desk review "C:\\trial\\$example" 'C:\trial\reviewed.xlsx'
    hold "review: says what is in a workbook that came back" has "$said" "Which budget? Ποιος"
    desk keys make
    hold "keys make: the key is kept in the key store" same $code 0
    desk export "C:\\trial\\$example" --to 'C:\trial\signed'
    said=$(here verify "$drive/trial/signed/$package" || true)
    hold "export: signed with it, and found intact on this system" eval 'has "$said" "Intact: " && has "$said" "Signed with a key"'
}

try_window() {
    rm -f "$picture"
    xvfb-run -a -s "-screen 0 1366x768x24" bash -c '
        (echo | wine "$1" "C:\\trial\\$2" 2>&1 | cat) >/dev/null &
        for _ in $(seq 120); do xdotool search --name "Albania" >/dev/null 2>&1 && break; sleep 0.5; done
        # Whole when it is there; taken again until something is painted.
        for _ in $(seq 20); do
            sleep 3
            import -window root "$3.new.png"
            [ "$(identify -format %k "$3.new.png")" -gt 100 ] && break
        done
        mv "$3.new.png" "$3"
        while [ -e "$4" ]; do sleep 0.5; done
    ' - "$place/Alliance Desk.exe" "$example" "$picture" "$work/open" &
    local opened=$!
    touch "$work/open"
    wait_for test -s "$picture" || true
    hold "window: opens the example and paints it (the picture is $picture)" \
        test "$(identify -format %k "$picture" 2>/dev/null || echo 0)" -gt 100
    desk show "C:\\trial\\$example"
    hold "window: meanwhile the file can be read" same $code 0
    desk review "C:\\trial\\$example" 'C:\trial\reviewed.xlsx' --apply
    hold "window: meanwhile nobody else writes it; exit code 2" same $code 2
    # Ended as by a power cut; a lock that is left behind stops nobody.
    wineserver -k || true
    rm -f "$work/open"
    wait $opened 2>/dev/null || true
    desk review "C:\\trial\\$example" 'C:\trial\reviewed.xlsx' --apply
    hold "window: when it was ended by force, the file can be written at once" same $code 0
}

try_back_and_forth() {
    run_setup "$work/older-setup.exe"
    hold "downgrade to $older: exit code 0, listed as that" eval '[ $code = 0 ] && is_of $older'
    lay_stubs "$place"
    desk show "C:\\trial\\$example"
    hold "downgrade: the report is still read" same $code 0
    # As after a power cut in the middle of a setup.
    mkdir "$place/previous"
    mv "$place/_internal" "$place/alliance-desk.exe" "$place/previous/"
    mkdir "$place/_internal" && echo half >"$place/_internal/half"
    run_setup "$setup"
    hold "a setup that was broken off is made good by the next one" eval '[ $code = 0 ] && is_of $version'
    rm "$place/_internal/python311.dll"
    run_setup "$setup"
    hold "the same setup again repairs the program" is_of "$version"
}

try_removal() {
    run_removal "$place"
    hold "removal, silent: the program is gone, the policy beside it stayed" same "$(ls "$place")" policy.toml
    hold "removal: entries of the registry and the menu are gone" eval \
        '[ -z "$(value "$removing" DisplayVersion)" ] && ! win reg query "HKLM\Software\Classes\.adesk" && [ ! -e "$drive/ProgramData/Microsoft/Windows/Start Menu/Programs/Alliance Desk.lnk" ]'
    hold "removal: the policy, the forms for everybody, reports and what the program keeps for a person stayed" eval \
        '[ -e "$settled/policy.toml" ] && [ -e "$settled/forms/trial/2016.1/form.toml" ] && [ -e "$drive/trial/$example" ] && [ -d "$drive/users/$(whoami)/AppData/Local/alliance-desk" ]'
    rm -r "$place"
}

try_full_disk() {
    local size
    size=$(($(du -sm "$frozen" | cut -f1) * 3 / 2))
    mkdir "$drive/small"
    if ! mount -t tmpfs -o size=${size}m tmpfs "$drive/small" 2>/dev/null; then
        echo "wine    a full disk was not tried: nothing can be mounted here"
        return
    fi
    run_setup "$work/older-setup.exe" '/D=C:\small'
    hold "another folder (/D): exit code 0" same $code 0
    run_setup "$setup"
    hold "a disk that fills up while upgrading: exit code 2" same $code 2
    hold "a full disk: the program that was there is back" eval \
        '[ -e "$drive/small/_internal/only-in-$older.dll" ] && [ -e "$drive/small/Alliance Desk.exe" ] && [ ! -e "$drive/small/previous" ]'
    lay_stubs "$drive/small"
    hold "a full disk: it works" has "$(win "$drive/small/alliance-desk.exe" forms list)" "ga-commitments 2013.1"
    run_removal "$drive/small"
    hold "a full disk: it is removed without a rest" same "$(ls "$drive/small")" ""
    umount "$drive/small"
}

try_portable() {
    mkdir "$drive/portable"
    unzip -q "$portable" -d "$drive/portable"
    hold "zip: holds exactly the files of the build" is_whole "$drive/portable/alliance-desk"
    lay_stubs "$drive/portable/alliance-desk"
    said=$(win "$drive/portable/alliance-desk/alliance-desk.exe" demo --to 'C:\from-zip' || true)
    hold "zip: works without installing" cmp "$drive/from-zip/$package" "$work/here/$package"
}

begin
try_older
try_running
try_upgrade
try_program
try_window
try_back_and_forth
try_removal
try_full_disk
try_portable
wineserver -k 2>/dev/null || true
rm -rf "$work/older" "$work/older-setup.exe"
echo "wine    rights of files (icacls), limits of jobs, and the start screen are only taken note of by wine, not carried out"
if [ $failed -gt 0 ]; then
    echo "$failed things do not hold."
    exit 1
fi
echo "Everything holds."
