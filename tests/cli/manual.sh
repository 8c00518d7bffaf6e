#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The manual page has every verb, every option and every format of an import
# that the help prints, and no option that there is not: manual.sh SANDBOX PAGE
set -eu
command=$1
page=$2
failed=0

miss() {
	echo "$*" >&2
	failed=1
}

# "Fl -bind Ar src:dst": the names of options in the page, once each.
written=$(grep -oE 'Fl -[a-z][a-z-]*' "$page" | sed 's/^Fl -//' | sort -u)
verbs=$("$command" help | awk '/^  [a-z]/ { print $1 }')
known=
for verb in $verbs; do
	grep -qE "^(\.It |)\.?Cm $verb( |\$)|^\.It Cm $verb\$" "$page" ||
		miss "the verb $verb is not in $page"
	for option in $("$command" help "$verb" | awk '/^  --/ { print $1 }'); do
		name=${option#--}
		known="$known $name"
		# That there is help is said once, by the verb.
		[ "$name" = help ] || echo "$written" | grep -qxF "$name" ||
			miss "$verb: --$name is not in $page"
	done
done
[ "$(echo "$known" | wc -w)" -ge 40 ] || miss "too few options in the help"
for name in $written; do
	case " $known " in
	*" $name "*) ;;
	*) miss "--$name is in $page, and there is none" ;;
	esac
done
formats=$("$command" help import | sed -n '1,3s/.*\] //p' | tr '|' '\n' |
	awk '{ print $1 }')
[ "$(echo "$formats" | wc -w)" -ge 3 ] || miss "too few formats of imports"
for format in $formats; do
	grep -qE "^\.Cm (.* )?$format( .*)?\$" "$page" ||
		miss "import $format is not in $page"
done
exit $failed
