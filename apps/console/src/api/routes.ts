import { contract } from '@orbweaver/contracts/contract'
import type { AnyContractRouter } from '@orpc/contract'

/**
 * Method and path of every operation, which is all the client needs of the contract at run time. The build puts the
 * same routes here without their schemas (vite.config.ts): the BFF has checked its answers already, and zod with every
 * schema would be a tenth of the shell.
 */
export const routes: AnyContractRouter = contract
