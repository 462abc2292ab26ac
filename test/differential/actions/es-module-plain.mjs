// is an ES module in strict mode without imports
export const onExecutePostChallenge = async (event, api) => {
  const which = function () { return this; };
  console.log(which());
  try { undeclared = 1; } catch (error) { console.log(error.name, error.message); }
  api.access.deny(`strict ${event.tenant.id}`);
};
