import type { Contract } from '@orbweaver/contracts/contract'

/** Every code any operation of the contract may answer: a new one there fails to compile here until it has words. */
type CodesOf<Node> = Node extends { '~orpc': { errorMap: infer Errors } }
  ? keyof Errors & string
  : { [Key in keyof Node]: CodesOf<Node[Key]> }[keyof Node]

type ContractCode = CodesOf<Contract>

/** What can go wrong before the server said anything. */
type ClientCode = 'client.offline' | 'client.unreadable' | 'client.crashed'

export type ErrorCode = ContractCode | ClientCode
