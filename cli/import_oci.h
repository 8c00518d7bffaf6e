/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an OCI runtime configuration. */
#ifndef SANDBOX_CLI_IMPORT_OCI_H
#define SANDBOX_CLI_IMPORT_OCI_H

#include "import.h"

/* The whole of config.json; host paths are below the import's cwd. */
int import_oci_config(struct import *import, const struct json_node *config);

import_field import_oci_process;
import_field import_oci_mounts;
import_field import_oci_linux;
import_field import_oci_resources;

#endif
