/* SPDX-License-Identifier: Apache-2.0 */
/* The main() of a test program; one that brings its own calls tap_main(). */
#include "lib/tap.h"

int main(int argc, char **argv)
{
	return tap_main(argc, argv);
}
