# SPDX-License-Identifier: Apache-2.0
# Completion of the sandbox command for bash.  Verbs and options are asked of
# the command itself, so that they are those of the version that is installed.

# The words of "sandbox help", or the options of "sandbox help VERB".
_sandbox_words() {
	"$1" help ${2:+"$2"} 2>/dev/null | if [[ -n ${2-} ]]; then
		sed -n 's/^  \(--[a-z-]*\).*/\1/p'
	else
		sed -n 's/^  \([a-z]*\)  .*/\1/p'
	fi
}

# What an option's value is: the word behind it in the help.
_sandbox_argument() {
	"$1" help "$2" 2>/dev/null |
		sed -n "s/^  --$3 \([^ ]*\).*/\1/p"
}

_sandbox_fill() {
	local IFS=$'\n'

	# shellcheck disable=SC2207 # one word a line, by IFS
	COMPREPLY=($(compgen "$@"))
}

_sandbox_value() {
	case $3 in
	FILE | SPEC) _sandbox_fill -f -- "$4" ;;
	DIR) _sandbox_fill -d -- "$4" ;;
	*\|*) _sandbox_fill -W "${3//|/$'\n'}" -- "$4" ;;
	esac
}

_sandbox() {
	local command=$1 word=$2 before=$3 verb=${COMP_WORDS[1]} argument options

	COMPREPLY=()
	if ((COMP_CWORD == 1)); then
		_sandbox_fill -W "$(_sandbox_words "$command")" -- "$word"
		return
	fi
	if [[ $before == --?* ]]; then
		argument=$(_sandbox_argument "$command" "$verb" "${before#--}")
		if [[ -n $argument ]]; then
			_sandbox_value "$command" "$verb" "$argument" "$word"
			return
		fi
	fi
	if [[ $word == -* ]]; then
		options=$(_sandbox_words "$command" "$verb")
		# These take what changes a specification, too.
		if [[ $verb == explain || $verb == check || $verb == seccomp ]]; then
			options+=$'\n'$(_sandbox_words "$command" run |
				grep -vxE -e '--(result|summary|run-dir)')
		fi
		_sandbox_fill -W "$options" -- "$word"
		return
	fi
	case $verb in
	help) _sandbox_fill -W "$(_sandbox_words "$command")" -- "$word" ;;
	import)
		_sandbox_fill -f -W $'bwrap\nnsjail\noci' -- "$word"
		;;
	*) _sandbox_fill -f -c -- "$word" ;;
	esac
}

complete -o filenames -F _sandbox sandbox
