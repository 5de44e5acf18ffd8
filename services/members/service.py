"""The Nameko service of the committee, its agencies and its members: one RPC per command."""

from typing import Any

from services.members import agency, committee
from services.members import commands as ask
from services.members.budget import commands as budget_commands
from services.members.budget import decider as budget
from services.members.commendation import commands as commendation_commands
from services.members.commendation import decider as commendation
from services.members.commitment import commands as commitment_commands
from services.members.commitment import decider as commitment
from services.members.history import CODEC
from services.members.mandates import Mandates
from services.members.privacy import commands as privacy_commands
from services.members.privacy import decider as privacy
from services.members.roster import decider as member
from services.members.roster import staff_commands as staff
from services.members.workgroup import commands as workgroup_commands
from services.members.workgroup import decider as workgroup
from shared.runtime.commands import Commands
from shared.runtime.rpc_entry import rpc_entry


class MembersService:
    """Commands of the `members` context; each answers with a receipt or raises a BcdError."""

    name = "members"
    commands = Commands(CODEC, Mandates)
    self_test = commands.self_test
    close = commands.close

    @rpc_entry
    def establish_committee(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.EstablishCommittee, request)

    @rpc_entry
    def rename_committee(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.RenameCommittee, request)

    @rpc_entry
    def adopt_regulation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.AdoptRegulation, request)

    @rpc_entry
    def amend_regulation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.AmendRegulation, request)

    @rpc_entry
    def designate_focal_point(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.DesignateFocalPoint, request)

    @rpc_entry
    def register_child_committee(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(committee.decider, ask.RegisterChildCommittee, request)

    @rpc_entry
    def register_agency(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.RegisterAgency, request)

    @rpc_entry
    def rename_agency(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.RenameAgency, request)

    @rpc_entry
    def merge_agencies(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.MergeAgencies, request)

    @rpc_entry
    def dissolve_agency(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(agency.decider, ask.DissolveAgency, request)

    @rpc_entry
    def appoint_member(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.AppointMember, request)

    @rpc_entry
    def decide_composition(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.DecideComposition, request)

    @rpc_entry
    def change_member_role(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.ChangeMemberRole, request)

    @rpc_entry
    def release_member(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.ReleaseMember, request)

    @rpc_entry
    def report_head_count(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.ReportHeadCount, request)

    @rpc_entry
    def assign_responsibility(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.AssignResponsibility, request)

    @rpc_entry
    def assign_standard_portfolios(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.AssignStandardPortfolios, request)

    @rpc_entry
    def transfer_seats(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.TransferSeats, request)

    @rpc_entry
    def lapse_seats(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.LapseSeats, request)

    @rpc_entry
    def declare_chair_absence(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.DeclareChairAbsence, request)

    @rpc_entry
    def end_chair_absence(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.EndChairAbsence, request)

    @rpc_entry
    def delegate_authority(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.DelegateAuthority, request)

    @rpc_entry
    def end_delegation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.EndDelegation, request)

    @rpc_entry
    def note_delegation_expired(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, ask.NoteDelegationExpired, request)

    @rpc_entry
    def nominate_support_staff(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, staff.NominateSupportStaff, request)

    @rpc_entry
    def assign_support_staff(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, staff.AssignSupportStaff, request)

    @rpc_entry
    def propose_staff_replacement(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, staff.ProposeStaffReplacement, request)

    @rpc_entry
    def replace_support_staff(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, staff.ReplaceSupportStaff, request)

    @rpc_entry
    def release_support_staff(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(member.decider, staff.ReleaseSupportStaff, request)

    @rpc_entry
    def convene_working_group(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(workgroup.decider, workgroup_commands.ConveneWorkingGroup, request)

    @rpc_entry
    def extend_working_group(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(workgroup.decider, workgroup_commands.ExtendWorkingGroup, request)

    @rpc_entry
    def deliver_working_group(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(workgroup.decider, workgroup_commands.DeliverWorkingGroup, request)

    @rpc_entry
    def disband_working_group(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(workgroup.decider, workgroup_commands.DisbandWorkingGroup, request)

    @rpc_entry
    def end_working_group(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(workgroup.decider, workgroup_commands.EndWorkingGroup, request)

    @rpc_entry
    def record_commitment(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commitment.decider, commitment_commands.RecordCommitment, request)

    @rpc_entry
    def fulfil_commitment(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commitment.decider, commitment_commands.FulfilCommitment, request)

    @rpc_entry
    def withdraw_commitment(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commitment.decider, commitment_commands.WithdrawCommitment, request)

    @rpc_entry
    def mark_commitment_overdue(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commitment.decider, commitment_commands.MarkCommitmentOverdue, request)

    @rpc_entry
    def reassign_commitment(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commitment.decider, commitment_commands.ReassignCommitment, request)

    @rpc_entry
    def estimate_budget(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(budget.decider, budget_commands.EstimateBudget, request)

    @rpc_entry
    def allocate_budget(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(budget.decider, budget_commands.AllocateBudget, request)

    @rpc_entry
    def amend_allocation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(budget.decider, budget_commands.AmendAllocation, request)

    @rpc_entry
    def record_expenditure(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(budget.decider, budget_commands.RecordExpenditure, request)

    @rpc_entry
    def correct_expenditure(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(budget.decider, budget_commands.CorrectExpenditure, request)

    @rpc_entry
    def propose_commendation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commendation.decider, commendation_commands.ProposeCommendation, request)

    @rpc_entry
    def decide_commendation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commendation.decider, commendation_commands.DecideCommendation, request)

    @rpc_entry
    def note_commendation(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(commendation.decider, commendation_commands.NoteCommendation, request)

    @rpc_entry
    def request_erasure(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(privacy.decider, privacy_commands.RequestErasure, request)

    @rpc_entry
    def refuse_erasure(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(privacy.decider, privacy_commands.RefuseErasure, request)

    @rpc_entry
    def order_erasure(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(privacy.decider, privacy_commands.OrderErasure, request)

    @rpc_entry
    def record_erasure(self, request: dict[str, Any]) -> dict[str, Any]:
        return self.commands.handle(privacy.decider, privacy_commands.RecordErasure, request)
