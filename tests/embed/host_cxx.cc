/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The same host in strict C++11, with owners and exceptions: prints the
 * library's version and how its sandbox ended.
 */
#include <sandbox/error.h>
#include <sandbox/result.h>
#include <sandbox/sandbox.h>
#include <sandbox/spec.h>
#include <sandbox/version.h>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

namespace
{

struct release {
	void operator()(sandbox_error *object) const
	{
		sandbox_error_free(object);
	}
	void operator()(sandbox_spec *object) const
	{
		sandbox_spec_free(object);
	}
	void operator()(sandbox_engine *object) const
	{
		sandbox_engine_close(object);
	}
	void operator()(sandbox_result *object) const
	{
		sandbox_result_free(object);
	}
	void operator()(sandbox *object) const
	{
		sandbox_free(object);
	}
};

template <typename T> using owner = std::unique_ptr<T, release>;

/* Calls @function with places for what it returns; throws its reason. */
template <typename T, typename Function> owner<T> make(Function function)
{
	T *object = nullptr;
	sandbox_error *reason = nullptr;

	if (function(&object, &reason) < 0) {
		owner<sandbox_error> kept(reason);

		throw std::runtime_error(sandbox_error_message(kept.get()));
	}
	return owner<T>(object);
}

void run()
{
	const std::string document = R"({"process": {"argv": ["true"]}})";
	const auto spec = make<sandbox_spec>([&](sandbox_spec **ret,
						 sandbox_error **err) {
		return sandbox_spec_parse_json(document.data(), document.size(),
					       ret, err);
	});
	const auto engine = make<sandbox_engine>(
		[](sandbox_engine **ret, sandbox_error **err) {
			return sandbox_engine_open(nullptr, ret, err);
		});
	const auto sb = make<sandbox>([&](sandbox **ret, sandbox_error **err) {
		return sandbox_start(engine.get(), spec.get(), nullptr, 0, ret,
				     err);
	});
	const auto result = make<sandbox_result>(
		[&](sandbox_result **ret, sandbox_error **err) {
			return sandbox_wait(sb.get(), -1, ret, err);
		});

	std::cout << "version " << sandbox_version() << ", ending "
		  << sandbox_result_ending(result.get()) << ", code "
		  << sandbox_result_exit_code(result.get()) << '\n';
}

/* Whether a failure arrives with its reason, as an exception. */
bool throws()
{
	try {
		(void)make<sandbox_spec>([](sandbox_spec **ret,
					    sandbox_error **err) {
			return sandbox_spec_parse_json("{", 1, ret, err);
		});
	} catch (const std::runtime_error &error) {
		return std::string(error.what()).size() > 0;
	}
	return false;
}

} /* namespace */

int main()
{
	try {
		if (!throws()) {
			throw std::runtime_error("a bad document was taken");
		}
		run();
	} catch (const std::exception &error) {
		std::cerr << error.what() << '\n';
		return 1;
	}
	return 0;
}
