/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Build-time program: prints the tables behind syscalls.h.  Numbers come from
 * libseccomp and syscall_newer.c, groups from syscall_classes.c.  Any
 * contradiction between them stops the build.
 */
#include "base/array.h"
#include "policy/syscall_sources.h"

#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The end of the numbers through Linux 6.18.  A libseccomp that knows newer
 * ones must not change what the library does: they are not classified yet.
 */
#define NUMBER_END 470

/* Two architectures have few names that the other one lacks. */
#define ROWS_MAX (2 * NUMBER_END)

struct table {
	struct syscall_row rows[ROWS_MAX];
	size_t count;
};

static const uint32_t seccomp_arch[SYSCALL_ARCHES] = {
	[SYSCALL_X86_64] = SCMP_ARCH_X86_64,
	[SYSCALL_AARCH64] = SCMP_ARCH_AARCH64,
};

__attribute__((noreturn)) static void stop(const char *name, const char *why)
{
	(void)fprintf(stderr, "system call %s: %s\n", name, why);
	_exit(1);
}

static struct syscall_row *find_row(struct table *table, const char *name)
{
	for (size_t i = 0; i < table->count; i++) {
		if (strcmp(table->rows[i].name, name) == 0) {
			return &table->rows[i];
		}
	}
	return NULL;
}

static void add_number(struct table *table, const char *name, size_t arch,
		       int number)
{
	struct syscall_row *row = find_row(table, name);

	if (row == NULL) {
		if (table->count == ARRAY_SIZE(table->rows)) {
			stop(name, "the table is full");
		}
		row = &table->rows[table->count++];
		*row = (struct syscall_row){ .number = { -1, -1 } };
		row->name = strdup(name);
		if (row->name == NULL) {
			stop(name, "out of memory");
		}
	}
	if (row->number[arch] >= 0 && row->number[arch] != number) {
		stop(name, "libseccomp and syscall_newer.c differ");
	}
	row->number[arch] = (short)number;
}

static void add_known(struct table *table, size_t arch)
{
	for (int number = 0; number < NUMBER_END; number++) {
		char *name = seccomp_syscall_resolve_num_arch(
			seccomp_arch[arch], number);

		if (name != NULL) {
			add_number(table, name, arch, number);
		}
		free(name);
	}
}

static void add_newer(struct table *table, size_t arch)
{
	for (size_t i = 0; i < syscall_newer_count; i++) {
		const struct syscall_row *row = &syscall_newer[i];

		if (row->number[arch] >= 0) {
			add_number(table, row->name, arch, row->number[arch]);
		}
	}
}

static void set_group(struct table *table, const struct syscall_class *class)
{
	for (size_t i = 0; class->names[i] != NULL; i++) {
		struct syscall_row *row = find_row(table, class->names[i]);

		if (row == NULL) {
			stop(class->names[i], "is on no architecture");
		}
		if (row->group != SYSCALL_REFUSED) {
			stop(row->name, "is named twice");
		}
		row->group = (unsigned char)class->group;
	}
}

static int compare_rows(const void *left, const void *right)
{
	const struct syscall_row *a = left;
	const struct syscall_row *b = right;

	return strcmp(a->name, b->name);
}

static void print_rows(const struct table *table)
{
	(void)printf("const struct syscall_row syscall_rows[] = {\n");
	for (size_t i = 0; i < table->count; i++) {
		const struct syscall_row *row = &table->rows[i];

		(void)printf("\t{ \"%s\", { %d, %d }, %u },\n", row->name,
			     row->number[0], row->number[1],
			     (unsigned int)row->group);
	}
	(void)printf("};\nconst size_t syscall_row_count = %zu;\n",
		     table->count);
}

static size_t print_number(const struct table *table, size_t arch, int number)
{
	const char *last = NULL;
	size_t count = 0;

	for (size_t i = 0; i < table->count; i++) {
		if (table->rows[i].number[arch] == number) {
			(void)printf("\t%zu,\n", i);
			last = table->rows[i].name;
			count++;
		}
	}
	if (count > 1) {
		stop(last, "has the number of another");
	}
	return count;
}

static size_t print_order(const struct table *table, size_t arch)
{
	size_t count = 0;

	(void)printf("static const unsigned short order_%zu[] = {\n", arch);
	for (int number = 0; number < NUMBER_END; number++) {
		count += print_number(table, arch, number);
	}
	(void)printf("};\n");
	return count;
}

int main(void)
{
	static struct table table;
	size_t counts[SYSCALL_ARCHES];

	_Static_assert(SYSCALL_ARCHES == 2, "rows are printed with two");
	for (size_t arch = 0; arch < SYSCALL_ARCHES; arch++) {
		add_known(&table, arch);
		add_newer(&table, arch);
	}
	for (size_t i = 0; i < syscall_class_count; i++) {
		set_group(&table, &syscall_classes[i]);
	}
	qsort(table.rows, table.count, sizeof(table.rows[0]), compare_rows);
	(void)printf("/* Made by generate_syscalls.c; do not edit. */\n"
		     "#include \"policy/syscalls.h\"\n");
	print_rows(&table);
	for (size_t arch = 0; arch < SYSCALL_ARCHES; arch++) {
		counts[arch] = print_order(&table, arch);
	}
	(void)printf("const struct syscall_list "
		     "syscall_by_number[SYSCALL_ARCHES] = {\n");
	for (size_t arch = 0; arch < SYSCALL_ARCHES; arch++) {
		(void)printf("\t{ order_%zu, %zu },\n", arch, counts[arch]);
	}
	(void)printf("};\n");
	return 0;
}
