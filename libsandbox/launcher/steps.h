/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of a launch, once: the number travels in a failure report, the
 * words are what the host says of it.  The order is the order of execution;
 * which process does it is in the first column.
 */
#ifndef SANDBOX_LAUNCHER_STEPS_H
#define SANDBOX_LAUNCHER_STEPS_H

/* clang-format off */
#define LAUNCH_STEPS(X)                                           \
	/* launcher */                                            \
	X(STEP_RECEIVE,        "receive the plan")                \
	X(STEP_SOURCE,         "open the source")                 \
	X(STEP_IDMAP_SOURCE,   "map the ids of the source")       \
	X(STEP_JOIN,           "join the namespace")              \
	X(STEP_CLONE_INIT,     "clone the sandbox")               \
	X(STEP_GUARD_MAP,      "map the ids of the sandbox")      \
	X(STEP_OOM_SCORE,      "set the OOM score")               \
	/* init */                                                \
	X(STEP_INIT_IDS,       "become the sandbox's init")       \
	X(STEP_MOUNT,          "build the root")                  \
	X(STEP_PIVOT,          "enter the root")                  \
	X(STEP_HOSTNAME,       "set the hostname")                \
	X(STEP_NETWORK,        "create the network namespace")    \
	X(STEP_LOOPBACK,       "bring up the loopback")           \
	X(STEP_SYSCTL,         "write the setting")               \
	X(STEP_LANDLOCK_SCOPE, "enter the Landlock scope")        \
	X(STEP_CLOCKS,         "set the clocks")                  \
	X(STEP_CLONE_PAYLOAD,  "clone the main process")          \
	X(STEP_PAYLOAD_MAP,    "map the ids of the main process") \
	X(STEP_CGROUP,         "enter the control group")         \
	X(STEP_INIT_DROP,      "drop init's capabilities")        \
	/* main process */                                        \
	X(STEP_USER,           "look up the user")                \
	X(STEP_SESSION,        "start a session")                 \
	X(STEP_STDIO,          "arrange the standard streams")    \
	X(STEP_USERNS_LIMIT,   "forbid nested user namespaces")   \
	X(STEP_RLIMIT,         "set the resource limit")          \
	X(STEP_CGROUPNS,       "create a cgroup namespace")       \
	X(STEP_OWN_NAMESPACES, "own the namespaces")              \
	X(STEP_IDS,            "become the user")                 \
	X(STEP_KEYRING,        "join an empty keyring")           \
	X(STEP_SCHEDULING,     "set the scheduling")              \
	X(STEP_PERSONALITY,    "set the execution domain")        \
	X(STEP_TSC,            "disable the time stamp counter")  \
	X(STEP_DESCRIPTORS,    "pass the descriptors")            \
	X(STEP_CAPABILITIES,   "set the capabilities")            \
	X(STEP_CWD,            "enter the working directory")     \
	X(STEP_NO_NEW_PRIVS,   "set no_new_privs")                \
	X(STEP_LANDLOCK,       "enter the Landlock domain")       \
	X(STEP_FILTER,         "load the system-call filter")     \
	X(STEP_LISTENER,       "hand over the listener")          \
	X(STEP_LABEL,          "set the security label")          \
	X(STEP_VERIFY,         "verify what was set")             \
	X(STEP_EXEC,           "execute the program")             \
	/* no failures: what init and payload say of themselves */ \
	X(STEP_READY,          "ready")                           \
	X(STEP_ENDED,          "ended")
/* clang-format on */

#define STEP_ENUM(name, words) name,
enum launch_step {
	LAUNCH_STEPS(STEP_ENUM) STEP_COUNT
};
#undef STEP_ENUM

#endif
