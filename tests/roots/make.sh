#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes a root file system in a folder that is not there yet.
# usage: make.sh debian|busybox FOLDER
set -eu
umask 022

die() {
	printf 'rootfs: %s\n' "$*" >&2
	exit 1
}

# What apt on this host is configured with, as far as it exists.
sources() {
	for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
		/etc/apt/sources.list.d/*.sources; do
		[ ! -s "$file" ] || printf '%s\n' "$file"
	done
}

# bootstrap RESULT: a folder, or a file that ends in .tar.
bootstrap() {
	# shellcheck source=/dev/null
	release=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
	# None of these paths has a blank.
	# shellcheck disable=SC2046
	mmdebstrap --quiet --variant=minbase "$release" "$1" $(sources)
}

# A smallest Debian of this host's release.
make_debian() {
	command -v mmdebstrap >/dev/null || die "mmdebstrap is not installed"
	if [ "$(id -u)" -eq 0 ]; then
		bootstrap "$1"
		return
	fi
	# Unpacked by the user alone, who can then remove it as well.
	bootstrap "$1.tar"
	mkdir -- "$1"
	tar -x --no-same-owner --exclude './dev/*' -C "$1" -f "$1.tar"
	rm -- "$1.tar"
}

# One static program and a link for each of its names, as images of a few
# megabytes have it.
make_busybox() {
	busybox=/bin/busybox
	[ -x "$busybox" ] || die "busybox-static is not installed"
	mkdir -- "$1"
	for folder in bin dev etc home proc root run sbin sys tmp usr/bin \
		usr/sbin var/tmp; do
		mkdir -p -- "$1/$folder"
	done
	chmod 1777 "$1/tmp" "$1/var/tmp"
	chmod 0700 "$1/root"
	cp -- "$busybox" "$1/bin/busybox"
	"$busybox" --list | while read -r name; do
		[ -e "$1/bin/$name" ] || ln -s busybox "$1/bin/$name"
	done
	printf 'root:x:0:0:root:/root:/bin/sh\n' >"$1/etc/passwd"
	printf 'nobody:x:65534:65534:nobody:/:/bin/false\n' >>"$1/etc/passwd"
	printf 'root:x:0:\nnogroup:x:65534:\n' >"$1/etc/group"
	printf 'NAME=busybox\nID=busybox\n' >"$1/etc/os-release"
}

[ $# -eq 2 ] || die "usage: make.sh debian|busybox FOLDER"
case $1 in
debian | busybox) ;;
*) die "there is no root of kind $1" ;;
esac
[ ! -e "$2" ] || die "$2 is there already"
# What is half made never has the name.
rm -rf -- "$2.part" "$2.part.tar"
"make_$1" "$2.part"
mv -- "$2.part" "$2"
