/* SPDX-License-Identifier: Apache-2.0 */
/* The first instruction: align the stack, forget argv and environment. */
#ifndef SANDBOX_LAUNCHER_ENTRY_H
#define SANDBOX_LAUNCHER_ENTRY_H

__attribute__((noreturn, used)) void launcher_main(void);

#if defined(__x86_64__)
__asm__(".text\n"
	".globl _start\n"
	".type _start,@function\n"
	"_start:\n"
	"	xor %ebp, %ebp\n"
	"	and $-16, %rsp\n"
	"	call launcher_main\n"
	"	hlt\n"
	".size _start,.-_start\n");
#elif defined(__aarch64__)
__asm__(".text\n"
	".globl _start\n"
	".type _start,%function\n"
	"_start:\n"
	"	mov x29, #0\n"
	"	mov x30, #0\n"
	"	mov x9, sp\n"
	"	and sp, x9, #-16\n"
	"	bl launcher_main\n"
	"	brk #0\n"
	".size _start,.-_start\n");
#endif

#endif
