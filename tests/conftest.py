"""Two host devices before JAX starts, so that every test that simulates also tests the division among devices."""

import os

os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=2 --xla_cpu_prefer_vector_width=512"
