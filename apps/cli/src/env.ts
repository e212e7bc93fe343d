/** What the environment says; nothing else of it is looked at. */
export const env = { kubeconfig: process.env.KUBECONFIG }
