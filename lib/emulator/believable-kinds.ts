import type { AlertKind } from './alert-kind.js';
import { cloudKinds } from './cloud-kinds.js';
import { hostKinds } from './host-kinds.js';
import { postureKinds } from './posture-kinds.js';

/** Kinds of alert from every corner of the product: all clouds, hosts, files, containers, composites. */
export const alertKinds: readonly AlertKind[] = [...cloudKinds, ...hostKinds, ...postureKinds];
