/* SPDX-License-Identifier: Apache-2.0 */
/* The launcher program as bytes, embedded when the library is built. */
#ifndef SANDBOX_ENGINE_LAUNCHER_IMAGE_H
#define SANDBOX_ENGINE_LAUNCHER_IMAGE_H

#include <stddef.h>

extern const unsigned char launcher_image[];
extern const size_t launcher_image_size;

#endif
