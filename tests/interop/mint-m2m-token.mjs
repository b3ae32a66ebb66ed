// Prints an M2M token that the official client minted, for tests that hand it to a receiver of ours.
//   CLERK_API_URL, CLERK_MACHINE_SECRET_KEY; arguments: [format, default jwt] [seconds, default the machine's]
import { createClerkClient } from '@clerk/backend';

const [tokenFormat = 'jwt', seconds] = process.argv.slice(2);
const clerk = createClerkClient({
  apiUrl: process.env.CLERK_API_URL,
  machineSecretKey: process.env.CLERK_MACHINE_SECRET_KEY,
  telemetry: { disabled: true },
});
const { token } = await clerk.m2m.createToken({ tokenFormat, secondsUntilExpiration: seconds ? Number(seconds) : null });
process.stdout.write(token);
